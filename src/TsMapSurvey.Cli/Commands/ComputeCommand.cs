using System.CommandLine;
using TsMapSurvey.Cli.Estimator;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The estimator on files: in this process, or on the silos of a running server.</summary>
internal static class ComputeCommand
{
    public static Command Create()
    {
        var datasets = InputFile.Arguments("DATASET", "MapDataset FITS files; several are one joint estimate");
        var output = new Option<string>("--out") { Description = "FluxMaps FITS file to write (.gz compresses); the model goes beside it as YAML", Required = true };
        var options = new EstimatorOptions();
        var command = new Command("compute", "Compute TS, flux and error maps of MapDataset files (gammapy's TSMapEstimator)") { datasets, output };
        options.AddTo(command);
        var json = Report.JsonOption();
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (wanted, files, path) = (options.Read(parsed), parsed.GetRequiredValue(datasets), OutputFile.Check(parsed.GetRequiredValue(output)));
            var maps = await ProgressBar.ShowAsync("TS map", progress => options.Backend.ServerOf(parsed) is { } server
                ? new ClusterBackend(server).RunAsync(wanted, files, progress, cancellationToken)
                : Task.Run(() => Local(wanted, files, progress, cancellationToken), cancellationToken));
            FluxMapsFile.Write(path, maps);
            foreach (var warning in maps.Warnings) await Console.Error.WriteLineAsync($"tsmap: warning: {warning}");
            Describe(maps, path, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static FluxMaps Local(TsMapOptions options, string[] files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var estimator = new TsMapEstimator(options);
        MapDataset[] read = [.. files.Select(InputFile.ReadDataset)];
        return estimator.Run(read, progress: progress, cancellationToken: cancellationToken);
    }

    private static void Describe(FluxMaps maps, string path, bool json)
    {
        var sqrtTs = maps.Find("sqrt_ts")!;
        var bins = Enumerable.Range(0, maps.Geometry.PlaneCount).Select(k =>
        {
            var plane = sqrtTs.Plane(k).ToArray();
            var valid = plane.Where(double.IsFinite).ToArray();
            var max = valid.Length == 0 ? double.NaN : valid.Max();
            var at = Array.IndexOf(plane, max);
            var position = at < 0 ? null : maps.Geometry.Grid!.PixelCentre(at % maps.Geometry.Width, at / maps.Geometry.Width);
            return new
            {
                EnergyMinTeV = maps.Geometry.Axes[0].Edges[k],
                EnergyMaxTeV = maps.Geometry.Axes[0].Edges[k + 1],
                Pixels = valid.Length,
                MaxSqrtTs = max,
                MaxAt = position?.ToString(),
            };
        }).ToArray();
        if (json)
        {
            Report.Json(new { File = path, maps.Geometry.Width, maps.Geometry.Height, Quantities = maps.Stored, Bins = bins });
            return;
        }

        Report.Line(FormattableString.Invariant($"{path}: {maps.Geometry.Width} x {maps.Geometry.Height} pixels, {string.Join(", ", maps.Stored)}"));
        foreach (var bin in bins)
            Report.Line(FormattableString.Invariant($"{bin.EnergyMinTeV:g4} to {bin.EnergyMaxTeV:g4} TeV: {bin.Pixels} pixels fitted, max sqrt_ts {bin.MaxSqrtTs:f2} at {bin.MaxAt}"));
    }
}
