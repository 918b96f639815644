using System.CommandLine;
using TsMapSurvey.Cli.Estimator;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Maps.Estimators.Points;
using TsMapSurvey.Maps.Tables;
using TsMapSurvey.Plots;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Commands;

/// <summary>A spectrum: the estimator at one position, energy bin by energy bin.</summary>
internal static class FluxPointsCommand
{
    private static readonly string[] Shown = ["e_ref", "e_min", "e_max", "dnde", "dnde_errn", "dnde_errp", "dnde_ul", "norm", "ts", "sqrt_ts", "counts", "npred", "npred_excess", "success"];

    public static Command Create()
    {
        var datasets = InputFile.Arguments("DATASET", "MapDataset FITS files; several are one joint estimate");
        var at = new Option<string>("--at") { Description = "Position: \"RA,DEC\" in degrees, or \"l=...,b=...\"", Required = true };
        var frame = new Option<string>("--frame") { Description = "Of the position: icrs or galactic", DefaultValueFactory = _ => "icrs" };
        var output = new Option<string?>("--out") { Description = "Table to write: .ecsv or .fits (gammapy's FluxPoints.read), .vot or .json" };
        var plot = new Option<string?>("--plot") { Description = "PNG file to write: E² dN/dE over energy" };
        var options = new EstimatorOptions();
        var command = new Command("flux-points", "Compute the flux points at a position, in every energy bin of the datasets or of --energy-edges") { datasets, at, frame, output, plot };
        options.AddTo(command);
        var json = Report.JsonOption();
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var position = CommandPosition.Parse(parsed.GetRequiredValue(at), parsed.GetValue(frame)!);
            var estimator = ForPoints(options.Read(parsed), parsed.GetValue<string?>("--energy-edges"));
            var table = parsed.GetValue(output) is { } path ? (Path: OutputFile.Check(path), Format: TableFile.FormatOf(path, output.Name)) : default((string Path, TableFormat Format)?);
            var picture = parsed.GetValue(plot) is { } png ? OutputFile.Check(png) : null;
            var (points, source) = await ProgressBar.ShowAsync("flux points", progress => Task.Run(() =>
            {
                MapDataset[] read = [.. parsed.GetRequiredValue(datasets).Select(InputFile.ReadDataset)];
                return (FluxPointEstimator.Run(read, position, estimator, progress, cancellationToken), string.Join(' ', read.Select(dataset => dataset.Name)));
            }, cancellationToken));
            foreach (var warning in points.Warnings) Report.Warning(warning);
            Give(FluxPointTable.Of(points, source), table, picture is null && table is null, parsed.GetValue(json));
            if (picture is null) return ExitCode.Done;
            await File.WriteAllBytesAsync(picture, FluxPointPlot.Png(points, Title(points, parsed.GetRequiredValue(datasets))), cancellationToken);
            if (!parsed.GetValue(json)) Report.Line(picture);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Every energy bin unless edges are given; errors of the profile and limits always, since points without them are of little use.</summary>
    private static TsMapOptions ForPoints(TsMapOptions options, string? energyEdges) => options with
    {
        AllEnergyBins = energyEdges is null || options.AllEnergyBins,
        Selection = options.Selection | TsMapSelection.ErrnErrp | TsMapSelection.Ul,
    };

    private static string Title(FluxMaps points, string[] files)
    {
        var centre = points.Geometry.Grid!.Centre.To(SkyFrame.Icrs);
        return FormattableString.Invariant($"{(files.Length == 1 ? Path.GetFileName(files[0]) : $"{files.Length} datasets")}: RA {centre.LonDeg:f3}, Dec {centre.LatDeg:f3} (ICRS)");
    }

    private static void Give(DataTable table, (string Path, TableFormat Format)? output, bool show, bool json)
    {
        if (output is { } wanted) TableFile.Write(wanted.Path, table, wanted.Format);
        if (json) Report.Text(TableFile.Format(table, TableFormat.Json));
        else if (show || output is null) Report.Table(table, Shown);
        else Report.Line($"{output.Value.Path}: {table.RowCount} flux points");
    }
}
