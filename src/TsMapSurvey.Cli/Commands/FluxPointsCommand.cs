using System.CommandLine;
using TsMapSurvey.Cli.Estimator;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Plots;
using TsMapSurvey.Sky;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Cli.Commands;

internal static class FluxPointsCommand
{
    private static readonly string[] Shown = ["e_min", "e_max", "dnde", "dnde_errn", "dnde_errp", "dnde_ul", "sqrt_ts", "counts"];

    public static Command Create()
    {
        var datasets = InputFile.Arguments("DATASET", "MapDataset FITS files; several are one joint estimate");
        var at = new Option<string>("--at")
        {
            Description =
            "Position: \"83.63,22.01\" in degrees, \"l=184.56,b=-5.78\", \"05h34m31s +22d01m\" or \"05:34:31 +22:00:52\"",
            Required = true
        };
        var frame = new Option<string>("--frame")
        { Description = "Frame of the position: icrs or galactic", DefaultValueFactory = _ => "icrs" };
        var output = new Option<string?>("--out")
        { Description = "Table to write: .ecsv or .fits (for gammapy's FluxPoints.read), .csv, .vot or .json" };
        var plot = new Option<string?>("--plot") { Description = "Picture to write, .png or .svg: E² dN/dE over energy" };
        var options = new EstimatorOptions();
        var command = new Command("flux-points",
            "Compute the flux points at a position, in every energy bin of the datasets or of --energy-edges")
            { datasets, at, frame, output, plot };
        options.AddTo(command);
        var (json, wide) = (Report.JsonOption(), Report.WideOption());
        command.Add(json);
        command.Add(wide);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var position = CommandPosition.Parse(parsed.GetRequiredValue(at), parsed.GetValue(frame)!);
            var estimator = ForPoints(options.Read(parsed));
            var table = OutputFile.Table(output.Name, parsed.GetValue(output));
            var picture = parsed.GetValue(plot) is { } name ? OutputFile.Picture(plot.Name, name) : null;
            var (points, source) = await ProgressBar.ShowAsync("Flux points", progress => Task.Run(() =>
            {
                MapDataset[] read = [.. parsed.GetRequiredValue(datasets).Select(InputFile.ReadDataset)];
                return (FluxPointEstimator.Run(read, position, estimator, progress, cancellationToken),
                    string.Join(' ', read.Select(dataset => dataset.Name)));
            }, cancellationToken));
            var repeated = InputFile.Repeated(parsed.GetRequiredValue(datasets));
            var moved = MovedEdges.Warnings(estimator.EnergyEdgesTeV, points.Geometry.Axes[0]);
            foreach (var warning in repeated.Concat(points.Warnings).Concat(moved)) Report.Warning(warning);
            Write(FluxPointTable.Of(points, source), table, picture is null && table is null, parsed.GetValue(json), parsed.GetValue(wide));
            if (picture is null) return ExitCode.Done;
            await File.WriteAllBytesAsync(
                picture, Picture(picture, points, Title(points, parsed.GetRequiredValue(datasets))), cancellationToken);
            if (!parsed.GetValue(json)) Report.Line(picture);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Errors of the profile and limits are always computed: points without them are of little use.</summary>
    private static TsMapOptions ForPoints(TsMapOptions options) => options with
    {
        AllEnergyBins = options.EnergyEdgesTeV is null,
        Selection = options.Selection | TsMapSelection.ErrnErrp | TsMapSelection.Ul,
    };

    private static byte[] Picture(string path, FluxMaps points, string title) =>
        OutputFile.IsSvg(path) ? FluxPointPlot.Svg(points, title) : FluxPointPlot.Png(points, title);

    private static string Title(FluxMaps points, string[] files)
    {
        var centre = points.Geometry.Grid!.Centre.To(SkyFrame.Icrs);
        var source = files.Length == 1 ? Path.GetFileName(files[0]) : $"{files.Length} datasets";
        return FormattableString.Invariant($"{source}: RA {centre.LonDeg:f3}, Dec {centre.LatDeg:f3} (ICRS)");
    }

    private static void Write(DataTable table, (string Path, TableFormat Format)? output, bool show, bool json, bool wide)
    {
        if (output is { } wanted) TableFile.Write(wanted.Path, table, wanted.Format);
        if (json) Report.Utf8(TableFile.Format(table, TableFormat.Json));
        else if (show || output is null) Report.Table(table, Shown, wide);
        else Report.Line($"{output.Value.Path}: {table.RowCount} flux points");
    }
}
