using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>From MapDataset files to a FluxMaps file, in strips of rows where the maps would not fit into the memory allowed.</summary>
internal static class FileEstimate
{
    /// <summary>
    /// What the arrays of a strip may take, MiB. Of an image of 4096 pixels in width and 6 energy bins that is some sixty rows, and the
    /// process with its runtime and garbage stays at about 300 MiB; twice as much saves a twentieth of the time, but a strip can be
    /// stopped only between its steps.
    /// </summary>
    public const int DefaultMemoryMb = 256;

    public static MapsSummary Run(
        TsMapOptions options, IReadOnlyList<string> paths, string output, long memoryBytes, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        var files = new List<MapDatasetStrips>();
        var rehearsal = Task.Run(() => Rehearsal.Run(options), CancellationToken.None);
        try
        {
            foreach (var path in paths) files.Add(MapDatasetFile.Open(path, cancellationToken));
            var estimate = new StripedEstimate(options, files, memoryBytes);
            var summary = new MapsSummary(estimate.Geometry, options);
            if (estimate.IsOneStrip) RunAtOnce(options, files, output, summary, rehearsal, progress, cancellationToken);
            else RunStrips(estimate, output, summary, progress, cancellationToken);
            if (summary.HasEmptyBin) summary.Explain(files);
            return summary;
        }
        finally
        {
            foreach (var file in files) file.Dispose();
        }
    }

    /// <summary>Why bins of maps that were made elsewhere are empty, from the files themselves.</summary>
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

    private static void RunAtOnce(
        TsMapOptions options, List<MapDatasetStrips> files, string output, MapsSummary summary, Task rehearsal, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        MapDataset[] datasets = [.. files.Select(file => file.ReadAll())];
        // Whatever became of it.
        Task.WaitAny([rehearsal], cancellationToken);
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
