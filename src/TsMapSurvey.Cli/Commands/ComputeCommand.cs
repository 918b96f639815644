using System.CommandLine;
using TsMapSurvey.Cli.Estimator;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;

namespace TsMapSurvey.Cli.Commands;

internal static class ComputeCommand
{
    public static Command Create()
    {
        var datasets = InputFile.Arguments("DATASET", "MapDataset FITS files; several are one joint estimate");
        var output = new Option<string>("--out")
        { Description = "FluxMaps FITS file to write (.gz compresses); the model is written beside it as YAML", Required = true };
        var memory = new Option<int>("--memory-mb")
        {
            Description = "Memory for maps, in MiB; larger maps are computed in strips of rows",
            DefaultValueFactory = _ => FileEstimate.DefaultMemoryMb
        };
        var options = new EstimatorOptions();
        var command = new Command("compute", "Compute TS, flux and error maps of MapDataset files (gammapy's TSMapEstimator)")
            { datasets, output };
        options.AddTo(command);
        command.Add(memory);
        var json = Report.JsonOption();
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (wanted, path, megabytes) =
                (options.Read(parsed), OutputFile.Fits(output.Name, parsed.GetRequiredValue(output)), parsed.GetValue(memory));
            if (megabytes < 1) throw CliErrors.Wrong("--memory-mb", $"{megabytes}", "1 or more");
            if (wanted.DownsamplingFactor > 1 && options.Backend.ClusterOf(parsed) is not null)
                throw CliErrors.NotTogether("--downsampling-factor", "not supported together with --parallel-backend orleans");
            string[] files = [.. parsed.GetRequiredValue(datasets).Select(InputFile.Check)];
            var summary = await ProgressBar.ShowAsync("TS map", progress => options.Backend.ClusterOf(parsed) is { } cluster
                ? OnClusterAsync(cluster, wanted, files, path, progress, cancellationToken)
                : Task.Run(
                    () => FileEstimate.Run(wanted, files, path, (long)megabytes << 20, progress, cancellationToken), cancellationToken));
            foreach (var warning in InputFile.Repeated(files).Concat(summary.Warnings)) Report.Warning(warning);
            summary.Print(path, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<MapsSummary> OnClusterAsync(
        ClusterBackend cluster, TsMapOptions options, string[] files, string path, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        var maps = await cluster.RunAsync(options, files, progress, cancellationToken);
        FluxMapsFile.Write(path, maps);
        var summary = new MapsSummary(maps.Geometry, options);
        summary.Add(0, maps);
        if (summary.HasEmptyBin) FileEstimate.Explain(summary, files, cancellationToken);
        return summary;
    }
}
