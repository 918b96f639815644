using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;

namespace TsMapSurvey.Estimators.Tests.Reference;

/// <summary>
/// Numerics 3.3 and 3.5 in the plainest words: whole cut-outs, every entry. One pixel at a time, of one or several datasets, over the
/// whole energy axis.
/// </summary>
internal sealed class NaiveEstimator
{
    private readonly MapDataset[] _datasets;
    private readonly TsMapOptions _options;
    private readonly SourceKernel[] _kernels;
    private readonly double[][][] _exposure;

    public NaiveEstimator(TsMapOptions options, params MapDataset[] datasets)
    {
        (_datasets, _options) = (datasets, options);
        _kernels = [.. datasets.Select(dataset => new TsMapEstimator(options).EstimateKernel(dataset))];
        _exposure =
            [.. datasets.Select(dataset => Enumerable.Range(0, dataset.Energy.BinCount).Select(k => Exposure(dataset, k)).ToArray())];
    }

    /// <summary>The pixel's fit; null where there is nothing to fit.</summary>
    public NaivePixel? At(int x, int y)
    {
        var here = y * _datasets[0].Grid.Width + x;
        if (!_datasets.Any(dataset => Bins(dataset, here).Any(k => dataset.Background!.Plane(k)[here] > 0))) return null;
        var entries = new List<(double Counts, double Background, double Signal)>();
        for (var d = 0; d < _datasets.Length; d++)
            foreach (var (pixel, kernel) in Around(d, x, y)) entries.AddRange(Entries(d, pixel, kernel));
        return new NaivePixel(entries, Enumerable.Range(0, _datasets.Length).Average(d => Guess(d, x, y)), _options);
    }

    private static bool IsUnmasked(MapDataset dataset, int k, int pixel) =>
        dataset.MaskSafe?.Plane(k)[pixel] != false && dataset.MaskFit?.Plane(k)[pixel] != false
            && double.IsFinite(dataset.Background!.Plane(k)[pixel]);

    private static IEnumerable<int> Bins(MapDataset dataset, int pixel) =>
        Enumerable.Range(0, dataset.Energy.BinCount).Where(k => IsUnmasked(dataset, k, pixel));

    /// <summary>Σ_j R_kj F_j ε_j, areas from m² to cm².</summary>
    private double[] Exposure(MapDataset dataset, int k)
    {
        var energyTrue = dataset.Exposure!.Geometry.Axis("energy_true");
        var response = EdispKernel.Create(dataset.Edisp, null, dataset.Energy, energyTrue, dataset.Name);
        return [.. Enumerable.Range(0, dataset.Geometry.PlaneLength).Select(pixel => Enumerable.Range(0, energyTrue.BinCount)
            .Sum(j => response[k, j] * _options.Model.Spectral.Integral(
                energyTrue.Edges[j], energyTrue.Edges[j + 1]) * dataset.Exposure.Plane(j)[pixel] * 1e4))];
    }

    /// <summary>The pixels of the image under the kernel, and where in the kernel they lie.</summary>
    private IEnumerable<(int Pixel, int Kernel)> Around(int d, int x, int y)
    {
        var (kernel, grid) = (_kernels[d], _datasets[d].Grid);
        for (var dy = -kernel.Half; dy <= kernel.Half; dy++)
            for (var dx = -kernel.Half; dx <= kernel.Half; dx++)
                if (x + dx >= 0 && y + dy >= 0 && x + dx < grid.Width && y + dy < grid.Height)
                    yield return ((y + dy) * grid.Width + x + dx, (dy + kernel.Half) * kernel.Size + dx + kernel.Half);
    }

    private IEnumerable<(double Counts, double Background, double Signal)> Entries(int d, int pixel, int kernel)
    {
        var (dataset, planes) = (_datasets[d], _kernels[d].Planes);
        int[] bins = [.. Bins(dataset, pixel)];
        if (!_options.SumOverEnergyGroups) return bins.Select(
            k => (dataset.Counts!.Plane(k)[pixel], dataset.Background!.Plane(k)[pixel], _exposure[d][k][pixel] * planes[k][kernel]));
        if (bins.Length == 0) return [];
        return [(bins.Sum(k => dataset.Counts!.Plane(k)[pixel]), bins.Sum(k => dataset.Background!.Plane(k)[pixel]),
            bins.Sum(k => _exposure[d][k][pixel]) * bins.Average(k => planes[k][kernel]))];
    }

    /// <summary>Σ_k of (n - b) / E^norm folded with K / Σ K², in the unmasked bins, over F: numerics 3.6.</summary>
    private double Guess(int d, int x, int y)
    {
        var (dataset, planes) = (_datasets[d], _kernels[d].Planes);
        double Flux(int first, int last) => _options.Model.Spectral.Integral(dataset.Energy.Edges[first], dataset.Energy.Edges[last + 1]);
        double Excess(int k, int pixel)
        {
            var value = (dataset.Counts!.Plane(k)[pixel] - dataset.Background!.Plane(k)[pixel]) / (_exposure[d][k][pixel] / Flux(k, k));
            return double.IsFinite(value) ? value : 0;
        }

        var squares = planes.Sum(plane => plane.Sum(value => value * value));
        return Bins(dataset, y * dataset.Grid.Width + x).Sum(k => Around(d, x, y)
            .Sum(place => Excess(k, place.Pixel) * planes[k][place.Kernel])) / squares / Flux(0, dataset.Energy.BinCount - 1);
    }
}
