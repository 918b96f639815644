using System.Diagnostics;
using System.Globalization;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Incremental;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Testing;

namespace TsMapSurvey.Benchmarks.Peer;

/// <summary>
/// One more observation on one of sixteen tiles' worth of sky: the time of the update over that of the whole map, against its share of the
/// pixels.
/// </summary>
internal static class IncrementalTimes
{
    private const int Repeats = 40;

    /// <summary>Without a common factor with the 200 rows of the images.</summary>
    private const int RowStep = 61;

    public static void Print()
    {
        foreach (var tilePixels in new[] { 128, 256 })
            Print(4 * tilePixels, new PixelRegion(tilePixels, 2 * tilePixels, tilePixels, tilePixels));
    }

    /// <param name="side">Pixels of the image.</param>
    /// <param name="block">The sixteenth that is fitted again: what the kernel reaches beyond the observation is part of it.</param>
    private static void Print(int side, PixelRegion block)
    {
        var one = PeerCase.Named("full");
        var fermi = MapDatasetFile.Read(Shared.Path(one.Dataset.Split('/')));
        var (estimator, dataset) = (new TsMapEstimator(one.Options), Repeated(fermi, side));
        var estimate = IncrementalEstimate.Create(estimator, [dataset], fermi);
        var reach = estimator.EstimateKernels([dataset], fermi).PadWidth;
        var dirty = block.Grow(-reach);
        List<double> whole = [], part = [];
        var furthest = 0.0;
        for (var i = 0; i < Repeats; i++)
        {
            dataset = OneMore(dataset, dirty);
            part.Add(Milliseconds(() => estimate.Update([dataset], dirty)));
            FluxMaps? scratch = null;
            whole.Add(Milliseconds(() => scratch = estimator.Run([dataset], fermi)));
            furthest = Math.Max(furthest, Furthest(estimate.Maps, scratch!));
        }

        var (a, b, share) = (WarmTimes.Median(part), WarmTimes.Median(whole), block.Area / (double)(side * side));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"update {a:0.0} ms of {block.Area} pixels ({estimate.Computed.Area} fitted), from scratch {b:0.0} ms of {side * side}: "
                + $"{a / b / share:0.00} times the share of the pixels; furthest {furthest:0.0e0}"));
    }

    private static double Milliseconds(Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>
    /// The images side by side, over and over, their rows in an order that makes the sky alike everywhere: a block's share of the pixels
    /// is then its share of the counts too, which the Galactic plane would have it not be.
    /// </summary>
    private static MapDataset Repeated(MapDataset dataset, int side)
    {
        var grid = dataset.Grid.Cutout(-50, -150, side, side);
        Map<T> Repeat<T>(Map<T> map)
            where T : unmanaged
        {
            var large = new Map<T>(map.Geometry.WithGrid(grid), map.Unit);
            for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
                for (var i = 0; i < side * side; i++)
                    large.Plane(plane)[i] =
                        map.Plane(plane)[i / side * RowStep % dataset.Grid.Height * dataset.Grid.Width + i % side % dataset.Grid.Width];
            return large;
        }

        return dataset with
        {
            Counts = Repeat(dataset.Counts!),
            Background = Repeat(dataset.Background!),
            Exposure = Repeat(dataset.Exposure!),
            MaskSafe = Repeat(dataset.MaskSafe!),
            MaskFit = null
        };
    }

    /// <summary>The dataset with other counts, as many as before, and more background in a region.</summary>
    private static MapDataset OneMore(MapDataset dataset, PixelRegion region)
    {
        var side = dataset.Grid.Width;
        var (counts, background) =
            (dataset.Counts! with { Data = [.. dataset.Counts!.Data] }, dataset.Background! with { Data = [.. dataset.Background!.Data] });
        for (var plane = 0; plane < counts.Geometry.PlaneCount; plane++)
            for (var y = region.Y; y < region.Bottom; y++)
            {
                var row = counts.Plane(plane).Slice(y * side + region.X, region.Width);
                row.Reverse();
                foreach (ref var value in background.Plane(plane).Slice(y * side + region.X, region.Width)) value *= 1.001;
            }

        return dataset with { Counts = counts, Background = background };
    }

    /// <summary>The largest difference in any quantity, by the larger of the value and one.</summary>
    private static double Furthest(FluxMaps maps, FluxMaps others)
    {
        var furthest = 0.0;
        foreach (var name in maps.Stored)
        {
            var (a, b) = (maps.Find(name)!.Data, others.Find(name)!.Data);
            for (var i = 0; i < a.Length; i++)
                if (double.IsNaN(a[i]) != double.IsNaN(b[i])) return double.PositiveInfinity;
                else if (!double.IsNaN(a[i]) && name != "niter")
                    furthest = Math.Max(furthest, Math.Abs(a[i] - b[i]) / Math.Max(1, Math.Abs(b[i])));
        }

        return furthest;
    }
}
