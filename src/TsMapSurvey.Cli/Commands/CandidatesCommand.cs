using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Estimators.Peaks;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Tables;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The peaks of a map: of a file, or of a survey that a server has.</summary>
internal static class CandidatesCommand
{
    private static readonly string[] Shown = ["ra", "dec", "pos_err", "sqrt_ts", "flux", "flux_err", "e_min", "e_max", "x", "y", "brighter"];

    private static readonly Option<string?> From = new("--from") { Description = "FluxMaps file, ours or gammapy's; no server is asked then" };
    private static readonly Option<double> Least = new("--min-sqrt-ts") { Description = "Weakest peak", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Separation = new("--min-separation") { Description = "Of two peaks closer than this the weaker is left out", DefaultValueFactory = _ => "0.3 deg" };
    private static readonly Option<int?> Distance = new("--min-distance") { Description = "With --from: no pixel this far along x or y is higher (gammapy's min_distance) [default: 1]" };
    private static readonly Option<string?> Map = new("--map") { Description = "Which of the survey's maps [default: the first]" };
    private static readonly Option<string?> Slice = ServerClient.SliceOption();
    private static readonly Option<string?> Output = new("--out") { Description = "Write a table instead: .ecsv, .vot or .json; with --from .fits too" };

    public static Command Create()
    {
        var (server, survey, json) = (ServerClient.ServerOption(), ServerClient.SurveyOption(), Report.JsonOption());
        var command = new Command("candidates", "List source candidates of a map: position with error, significance, flux") { From, server, survey, Map, Slice, Least, Separation, Distance, Output, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var separation = Degrees(parsed.GetValue(Separation)!);
            var output = parsed.GetValue(Output) is { } path ? (Path: OutputFile.Check(path), Format: TableFile.FormatOf(path, Output.Name)) : default((string Path, TableFormat Format)?);
            if (parsed.GetValue(From) is { } file)
            {
                var options = new PeakOptions { MinSqrtTs = parsed.GetValue(Least), MinSeparationDeg = separation, MinDistancePixels = parsed.GetValue(Distance) ?? 1 };
                if (parsed.GetValue(Slice) is not null) throw new UsageException($"{Slice.Name}: not with {From.Name}; a file is of what it was made of");
                OfFile(file, options, output, parsed.GetValue(json));
                return ExitCode.Done;
            }

            if (parsed.GetValue(Distance) is not null) throw new UsageException($"{Distance.Name}: only with {From.Name} FILE; a server thins by {Separation.Name}");
            if (output is { Format: TableFormat.Fits }) throw new UsageException($"{Output.Name}: found {output.Value.Path}, a server gives .ecsv, .vot and .json");
            using var client = new ServerClient(parsed.GetValue(server)!);
            var name = await client.SurveyAsync(parsed.GetValue(survey), cancellationToken);
            var query = string.Create(CultureInfo.InvariantCulture, $"?min_sqrt_ts={parsed.GetValue(Least)}&min_separation={separation}")
                + (parsed.GetValue(Map) is { } map ? $"&map={Uri.EscapeDataString(map)}" : "") + ServerClient.SliceQuery(parsed.GetValue(Slice));
            await OfServerAsync(client, $"/api/surveys/{Uri.EscapeDataString(name)}/candidates", query, output, parsed.GetValue(json), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static void OfFile(string file, PeakOptions options, (string Path, TableFormat Format)? output, bool json)
    {
        var maps = FluxMapsFile.Read(InputFile.Check(file));
        foreach (var warning in maps.Warnings) Report.Warning(warning);
        var table = PeakTable.Of(PeakFinder.Find(maps, options), meta: [("CREATOR", "TsMapSurvey"), ("MAPS", Path.GetFileName(file)), ("MINSQRTS", options.MinSqrtTs)]);
        if (output is { } wanted)
        {
            TableFile.Write(wanted.Path, table, wanted.Format);
            Report.Line($"{wanted.Path}: {table.RowCount} candidates of {file}");
        }
        else if (json) Report.Text(TableFile.Format(table, TableFormat.Json));
        else if (table.RowCount == 0) Report.Line("none");
        else Report.Table(table, Shown);
    }

    private static async Task OfServerAsync(
        ServerClient client, string path, string query, (string Path, TableFormat Format)? output, bool json, CancellationToken cancellationToken)
    {
        if (output is { } wanted)
        {
            var ending = wanted.Format switch { TableFormat.Ecsv => "ecsv", TableFormat.VoTable => "vot", _ => "json" };
            await client.DownloadAsync($"{path}.{ending}{query}", wanted.Path, cancellationToken);
            Report.Line(wanted.Path);
            return;
        }

        var answer = await client.GetAsync($"{path}.json{query}", cancellationToken);
        if (json) Report.Json(answer);
        else ClientCommand.Rows(answer);
    }

    private static double Degrees(string text)
    {
        try
        {
            var angle = Quantity.Parse(text);
            return angle.Unit == Unit.None ? angle.Value : angle.In("deg", "the separation");
        }
        catch (MapException bad)
        {
            throw new UsageException($"{Separation.Name}: {bad.Message}");
        }
    }
}
