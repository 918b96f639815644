using TsMapSurvey.Maps.Data;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>
/// Test statistic maps by fitting, in every pixel, the norm of a source model to counts over background with the Cash
/// likelihood (Stewart 2009, A&amp;A 495, 989; gammapy's TSMapEstimator).
/// </summary>
public sealed class TsMapEstimator
{
    private readonly TsMapOptions _options;

    /// <exception cref="MapException">An option is out of range; the message lists every such option.</exception>
    public TsMapEstimator(TsMapOptions options)
    {
        var problems = options.Problems().ToArray();
        if (problems.Length > 0) throw MapErrors.BadOptions(problems);
        _options = options;
    }

    /// <summary>How many pixels around a wanted region enter its fits: half the widest kernel.</summary>
    public static int HaloPixels(IEnumerable<TsMapOptions> maps, double pixelDeg, double defaultWidthDeg) =>
        maps.Select(options => PsfKernel.OddSize(options.KernelWidthDeg ?? defaultWidthDeg, pixelDeg) / 2).DefaultIfEmpty(0).Max();

    /// <summary>The maps of one dataset, or the joint maps of several on the same image geometry.</summary>
    /// <param name="datasets">Each with counts, background and exposure.</param>
    /// <param name="irfs">One dataset whose kernel and energy dispersion serve all; null: each its own.</param>
    /// <param name="region">The pixels wanted; null for all. The rest still enters the fits near its border.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <exception cref="MapException">A map is missing, geometries differ, or nowhere is there background and an unmasked bin.</exception>
    public FluxMaps Run(
        IReadOnlyList<MapDataset> datasets, MapDataset? irfs = null, PixelRegion? region = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var grid = datasets[0].Grid;
        foreach (var other in datasets.Skip(1))
            if (!grid.IsAlignedWith(other.Grid, out var dx, out var dy) || dx != 0 || dy != 0 || (grid.Width, grid.Height) != (other.Grid.Width, other.Grid.Height))
                throw MapErrors.NotAligned(other.Name, $"a joint estimate needs the image geometry of {datasets[0].Name}");
        var wanted = region ?? grid.Region;
        var groups = EnergyGroups.Create(datasets[0].Energy, _options);
        var planes = new List<TsMapPlane>();
        var warnings = new List<string>();
        foreach (var bins in groups.Bins)
        {
            var inputs = FitInputs.Create(datasets, irfs is null ? datasets : [.. datasets.Select(_ => irfs)], _options, bins, warnings.Add);
            planes.Add(Fit(datasets[0].Name, inputs, wanted, (planes.Count, groups.Bins.Length), progress, cancellationToken));
        }

        var gti = datasets.Aggregate((GoodTimeIntervals?)null, (union, dataset) => dataset.Gti is null ? union : union?.Union(dataset.Gti) ?? dataset.Gti);
        return FluxMaps.Create(new MapGeometry(grid.Cutout(wanted), groups.Axis), planes, _options, gti, warnings);
    }

    private TsMapPlane Fit(string name, FitInputs inputs, PixelRegion region, (int Index, int Count) bin, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (!Array.Exists(inputs.Positions, there => there)) throw MapErrors.NothingToFit(name);
        var sums = new WindowSums(inputs.Layers, region, _options.NJobs, cancellationToken);
        var output = new TsMapPlane(region, _options.Selection);
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.NJobs, CancellationToken = cancellationToken };
        Parallel.For(0, region.Height, parallel, () => new RowFitter(inputs, sums, region, _options, output), (row, _, fitter) =>
        {
            fitter.Fit(row);
            progress?.Report((bin.Index + Interlocked.Increment(ref done) / (double)region.Height) / bin.Count);
            return fitter;
        }, _ => { });
        return output;
    }
}
