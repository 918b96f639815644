using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Sky;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Cli.Commands;

internal static class CandidatesCommand
{
    private static readonly string[] Kinds = [.. FluxKind.All.Select(kind => kind.Name)];

    private static readonly Option<string?> From = new("--from")
    { Description = "FluxMaps file, from tsmap or gammapy; the server is not used then" };
    private static readonly Option<double> MinSqrtTs = new("--min-sqrt-ts")
    { Description = "Least significance of a peak", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Separation = new("--min-separation")
    { Description = "Of two peaks closer than this, the weaker is left out", DefaultValueFactory = _ => "0.3 deg" };
    private static readonly Option<int?> Distance = new("--min-distance")
    { Description = "With --from: a peak is the highest within so many pixels (gammapy's min_distance) [default: 1]" };
    private static readonly Option<string?> Map = new("--map") { Description = "Name of one of the survey's maps [default: the first]" };
    private static readonly Option<string?> Slice = ServerClient.SliceOption();
    private static readonly Option<string?> Quantity = new("--quantity")
    { Description = $"With --from: the form of the flux: {string.Join(", ", Kinds)} [default: flux]" };
    private static readonly Option<string> Frame = new("--frame")
    { Description = "Frame of the positions shown: icrs or galactic; written tables have both", DefaultValueFactory = _ => "icrs" };
    private static readonly Option<string?> Output = new("--out")
    { Description = "Write a table instead: .ecsv, .csv, .vot or .json; with --from .fits too" };

    public static Command Create()
    {
        var (server, survey, json, wide) =
            (ServerClient.ServerOption(), ServerClient.SurveyOption(), Report.JsonOption(), Report.WideOption());
        var command = new Command("candidates", "List source candidates of a map: position with error, significance, flux")
            { From, server, survey, Map, Slice, MinSqrtTs, Separation, Distance, Quantity, Frame, Output, json, wide };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isGalactic = CommandPosition.Frame(parsed.GetValue(Frame)!) == SkyFrame.Galactic;
            var separation = Degrees(parsed.GetValue(Separation)!);
            var output = OutputFile.Table(Output.Name, parsed.GetValue(Output));
            if (parsed.GetValue(From) is { } file)
            {
                var options = new PeakOptions
                {
                    MinSqrtTs = parsed.GetValue(MinSqrtTs),
                    MinSeparationDeg = separation,
                    MinDistancePixels = parsed.GetValue(Distance) ?? 1,
                    Flux = Kind(parsed.GetValue(Quantity))
                };
                if (parsed.GetValue(Slice) is not null)
                    throw CliErrors.NotTogether(Slice.Name, $"not with {From.Name}; a file has no slices");
                FromFile(file, options, output, isGalactic, parsed.GetValue(json), parsed.GetValue(wide));
                return ExitCode.Done;
            }

            if (parsed.GetValue(Quantity) is not null)
                throw CliErrors.NotTogether(Quantity.Name, $"only with {From.Name} FILE; a server gives the integral flux");
            if (parsed.GetValue(Distance) is not null)
                throw CliErrors.NotTogether(Distance.Name, $"only with {From.Name} FILE; for a server use {Separation.Name}");
            if (output is { Format: TableFormat.Fits or TableFormat.Parquet })
                throw CliErrors.NotTogether(
                    Output.Name, $"found {output.Value.Path}, expected .ecsv, .csv, .vot or .json without {From.Name}");
            using var client = new ServerClient(parsed.GetValue(server)!, ServerClient.OwnKey);
            var name = await client.SurveyAsync(parsed.GetValue(survey), cancellationToken);
            var leastSqrtTs = parsed.GetValue(MinSqrtTs);
            var query = string.Create(CultureInfo.InvariantCulture, $"?min_sqrt_ts={leastSqrtTs}&min_separation={separation}")
                + (parsed.GetValue(Map) is { } map ? $"&map={Uri.EscapeDataString(map)}" : "")
                    + ServerClient.SliceQuery(parsed.GetValue(Slice));
            var columns = Columns(isGalactic);
            await FromServerAsync(client, $"/api/surveys/{Uri.EscapeDataString(name)}/candidates", query, output, answer =>
            {
                if (parsed.GetValue(json)) Report.Json(answer);
                else ClientCommand.PrintRows(answer, columns, parsed.GetValue(wide));
            }, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static void FromFile(
        string file, PeakOptions options, (string Path, TableFormat Format)? output, bool isGalactic, bool json, bool wide)
    {
        var maps = FluxMapsFile.Read(InputFile.Check(file));
        foreach (var warning in maps.Warnings) Report.Warning(warning);
        var table = PeakTable.Of(
            PeakFinder.Find(maps, options),
            meta: [("CREATOR", "TsMapSurvey"), ("MAPS", Path.GetFileName(file)), ("MINSQRTS", options.MinSqrtTs)],
            flux: options.Flux);
        if (output is { } wanted)
        {
            TableFile.Write(wanted.Path, table, wanted.Format);
            Report.Line($"{wanted.Path}: {table.RowCount} candidates of {file}");
        }
        else if (json) Report.Utf8(TableFile.Format(table, TableFormat.Json));
        else if (table.RowCount == 0) Report.Line("none");
        else Report.Table(
            table, [.. Position(isGalactic), "pos_err", "sqrt_ts", options.Flux.Name, $"{options.Flux.Name}_err", "e_min", "e_max"], wide);
    }

    private static async Task FromServerAsync(
        ServerClient client, string path, string query, (string Path, TableFormat Format)? output, Action<JsonElement> print,
        CancellationToken cancellationToken)
    {
        if (output is { } wanted)
        {
            var ending =
                wanted.Format switch { TableFormat.Ecsv => "ecsv", TableFormat.Csv => "csv", TableFormat.VoTable => "vot", _ => "json" };
            await client.DownloadAsync($"{path}.{ending}{query}", wanted.Path, cancellationToken);
            Report.Line(wanted.Path);
            return;
        }

        print(await client.GetAsync($"{path}.json{query}", cancellationToken));
    }

    private static string[] Position(bool isGalactic) => isGalactic ? ["glon", "glat"] : ["ra", "dec"];

    /// <summary>The same columns as in the table of a file.</summary>
    private static AnswerColumn[] Columns(bool isGalactic)
    {
        static SkyPosition Galactic(JsonElement row) =>
            new SkyPosition(row.GetProperty("ra").GetDouble(), row.GetProperty("dec").GetDouble(), SkyFrame.Icrs).To(SkyFrame.Galactic);
        AnswerColumn[] position = isGalactic
            ? [new("glon\ndeg", row => Report.Number(Galactic(row).LonDeg)), new("glat\ndeg", row => Report.Number(Galactic(row).LatDeg))]
            : [AnswerColumn.Of("ra", "deg"), AnswerColumn.Of("dec", "deg")];
        return
        [
            .. position, AnswerColumn.Of("posErr", "deg", "pos_err"), AnswerColumn.Of("sqrtTs", "", "sqrt_ts"),
            AnswerColumn.Of("flux", "cm-2 s-1"),
            AnswerColumn.Of("fluxErr", "cm-2 s-1", "flux_err"), AnswerColumn.Of("energyMinTeV", "TeV", "e_min"),
            AnswerColumn.Of("energyMaxTeV", "TeV", "e_max"),
        ];
    }

    private static FluxKind Kind(string? quantity) =>
        quantity is null ? FluxKind.Flux : FluxKind.Find(Choice.Parse(Quantity.Name, quantity, Kinds))!;

    private static double Degrees(string text)
    {
        try
        {
            var angle = Maps.Units.Quantity.Parse(text);
            return angle.Unit == Unit.None ? angle.Value : angle.In("deg", "the separation");
        }
        catch (MapException exception)
        {
            throw CliErrors.Invalid(Separation.Name, exception);
        }
    }
}
