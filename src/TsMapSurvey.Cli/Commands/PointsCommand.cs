using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Sky;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Cli.Commands;

internal static class PointsCommand
{
    private static readonly (string Ending, string ContentType)[] Inputs =
    [
        (".csv", "text/csv"), (".ecsv", "text/csv"), (".vot", "application/x-votable+xml"), (".votable", "application/x-votable+xml"),
        (".xml", "application/x-votable+xml"), (".json", "application/json"),
    ];

    private static readonly Argument<string> File = new("FILE")
    { Description = "Table of positions: .csv, .ecsv, .vot or .json with the columns ra and dec in degrees, and optionally name" };
    private static readonly Option<string?> Map = new("--map") { Description = "Name of one of the survey's maps [default: the first]" };
    private static readonly Option<string?> Energy = new("--energy")
    { Description = "Energy bin of the map: its number from 0, or an energy in it, such as \"2 TeV\" [default: the first]" };
    private static readonly Option<double?> Confidence = new("--confidence")
    { Description = "Confidence of the upper limits, such as 0.95 [default: that of the map]" };
    private static readonly Option<double?> NSigmaUl = new("--n-sigma-ul")
    { Description = "The same in standard deviations" };
    private static readonly Option<string?> Slice = ServerClient.SliceOption();
    private static readonly Option<string> Frame = new("--frame")
    { Description = "Frame of the positions: icrs (columns ra, dec) or galactic (l, b)", DefaultValueFactory = _ => "icrs" };
    private static readonly Option<string?> Output = new("--out")
    { Description = "Table to write: .ecsv, .csv, .vot, .json or .parquet [default: a summary is printed]" };

    public static Command Create()
    {
        var (server, survey, json, wide) =
            (ServerClient.ServerOption(), ServerClient.SurveyOption(), Report.JsonOption(), Report.WideOption());
        var command = new Command("points", "Get significance, flux and limits of a served survey at a list of positions")
            { File, server, survey, Map, Energy, Slice, Confidence, NSigmaUl, Frame, Output, json, wide };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = InputFile.Check(parsed.GetRequiredValue(File));
            var type = Array.Find(Inputs, input => file.EndsWith(input.Ending, StringComparison.OrdinalIgnoreCase)).ContentType
                ?? throw CliErrors.Wrong(
                    File.Name, file, $"a name that ends with {string.Join(", ", Inputs.Select(input => input.Ending))}");
            var output = OutputFile.Table(Output.Name, parsed.GetValue(Output));
            if (output is { Format: TableFormat.Fits })
                throw CliErrors.NotTogether(Output.Name, $"found {output.Value.Path}, expected .ecsv, .csv, .vot, .json or .parquet");
            using var client = new ServerClient(parsed.GetValue(server)!, ServerClient.OwnKey);
            var name = await client.SurveyAsync(parsed.GetValue(survey), cancellationToken);
            var path = $"/api/surveys/{Uri.EscapeDataString(name)}/points?format={FormOf(output?.Format)}{Query(parsed)}";
            await using var content = System.IO.File.OpenRead(file);
            if (output is { } wanted)
            {
                await client.DownloadAnswerAsync(path, content, type, wanted.Path, cancellationToken);
                if (!parsed.GetValue(json)) Report.Line(wanted.Path);
                return ExitCode.Done;
            }

            var answer = await client.PostAsync(path, content, type, cancellationToken);
            if (parsed.GetValue(json)) Report.Json(answer);
            else ClientCommand.PrintRows(answer, Columns, parsed.GetValue(wide));
            return ExitCode.Done;
        });
        return command;
    }

    private static AnswerColumn[] Columns { get; } =
    [
        AnswerColumn.Of("row"), AnswerColumn.Of("name"), AnswerColumn.Of("ra", "deg"), AnswerColumn.Of("dec", "deg"),
        AnswerColumn.Of("sqrtTs", "", "sqrt_ts"), AnswerColumn.Of("flux", "cm-2 s-1"), AnswerColumn.Of("fluxErr", "cm-2 s-1", "flux_err"),
        AnswerColumn.Of("fluxUl", "cm-2 s-1", "flux_ul"), AnswerColumn.Of("state"),
    ];

    private static string FormOf(TableFormat? format) => format switch
    {
        TableFormat.Ecsv => "ecsv",
        TableFormat.Csv => "csv",
        TableFormat.VoTable => "vot",
        TableFormat.Parquet => "parquet",
        _ => "json",
    };

    private static string Query(ParseResult parsed)
    {
        var frame = CommandPosition.Frame(parsed.GetValue(Frame)!) == SkyFrame.Galactic ? "galactic" : null;
        (string Name, string? Value)[] values =
        [
            ("map", parsed.GetValue(Map)), ("energy", parsed.GetValue(Energy)), ("slice", parsed.GetValue(Slice)), ("frame", frame),
            ("confidence", parsed.GetValue(Confidence)?.ToString("R", CultureInfo.InvariantCulture)),
            ("n_sigma_ul", parsed.GetValue(NSigmaUl)?.ToString("R", CultureInfo.InvariantCulture)),
        ];
        return string.Concat(values.Where(pair => pair.Value is not null)
            .Select(pair => $"&{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }
}
