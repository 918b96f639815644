using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>Computes a FluxMaps file from MapDataset files, in strips of rows if the maps would not fit into the allowed memory.</summary>
internal static class FileEstimate
{
    /// <summary>
    /// Memory for the arrays of a strip, MiB. That is about sixty rows of an image with 4096 columns and 6 energy bins, and the whole
    /// process stays at about 300 MiB. Twice as much saves a twentieth of the time, but Ctrl-C takes effect only between the steps of a
    /// strip.
    /// </summary>
    public const int DefaultMemoryMb = 256;

    public static MapsSummary Run(
        TsMapOptions options, IReadOnlyList<string> paths, string output, long memoryBytes, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        var files = new List<MapDatasetStrips>();
        var warmUp = Task.Run(() => WarmUp.Run(options), CancellationToken.None);
        try
        {
            foreach (var path in paths) files.Add(MapDatasetFile.Open(path, cancellationToken));
            var estimate = new StripedEstimate(options, files, memoryBytes);
            var summary = new MapsSummary(estimate.Geometry, options);
            if (estimate.IsOneStrip) RunInOneStrip(options, files, output, summary, warmUp, progress, cancellationToken);
            else RunStrips(estimate, output, summary, progress, cancellationToken);
            if (summary.HasEmptyBin) summary.Explain(files);
            return summary;
        }
        finally
        {
            foreach (var file in files) file.Dispose();
        }
    }

    /// <summary>Finds out from the files why bins of maps that a cluster computed are empty.</summary>
    public static void Explain(MapsSummary summary, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var files = new List<MapDatasetStrips>();
        try
        {
            foreach (var path in paths) files.Add(MapDatasetFile.Open(path, cancellationToken));
            summary.Explain(files);
        }
        finally
        {
            foreach (var file in files) file.Dispose();
        }
    }

    private static void RunInOneStrip(
        TsMapOptions options, List<MapDatasetStrips> files, string output, MapsSummary summary, Task warmUp, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        MapDataset[] datasets = [.. files.Select(file => file.ReadAll())];
        // Unlike Wait, this ignores a failure of the warm-up.
        Task.WaitAny([warmUp], cancellationToken);
        var maps = new TsMapEstimator(options).Run(datasets, progress: progress, cancellationToken: cancellationToken);
        using var writer = new FluxMapsWriter(output, maps.Geometry, maps);
        writer.Write(0, maps);
        summary.Add(0, maps);
        writer.Complete(cancellationToken);
    }

    private static void RunStrips(
        StripedEstimate estimate, string output, MapsSummary summary, IProgress<double> progress, CancellationToken cancellationToken)
    {
        FluxMapsWriter? writer = null;
        try
        {
            estimate.Run((firstRow, maps) =>
            {
                writer ??= new FluxMapsWriter(output, estimate.Geometry, maps);
                writer.Write(firstRow, maps);
                summary.Add(firstRow, maps);
            }, progress, cancellationToken);
            writer!.Complete(cancellationToken);
        }
        finally
        {
            writer?.Dispose();
        }
    }
}
