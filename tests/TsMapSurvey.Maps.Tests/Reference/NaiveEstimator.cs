using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Estimators;

namespace TsMapSurvey.Maps.Tests.Reference;

/// <summary>Numerics 3.5 and 3.6 in the plainest words: whole cut-outs, every entry, bisection. One pixel at a time.</summary>
internal sealed class NaiveEstimator(MapDataset dataset, TsMapOptions options)
{
    private readonly SourceKernel _kernel = SourceKernel.Create(
        dataset, dataset.Grid, dataset.Grid.Centre, options.Model, 0, dataset.Energy.BinCount - 1, new KernelOptions(options.KernelWidthDeg));

    private readonly double[][] _exposure = RecoExposure.Create(dataset, dataset.Edisp, options.Model.Spectral, 0, dataset.Energy.BinCount - 1);

    /// <summary>Norm, TS and stat_null at a pixel.</summary>
    public (double Norm, double Ts, double StatNull, double Npred) At(int x, int y)
    {
        var (n, b, m) = (new List<double>(), new List<double>(), new List<double>());
        for (var dy = -_kernel.Half; dy <= _kernel.Half; dy++)
            for (var dx = -_kernel.Half; dx <= _kernel.Half; dx++)
                AddEntries(x + dx, y + dy, (dy + _kernel.Half) * _kernel.Size + dx + _kernel.Half, n, b, m);
        double Stat(double norm) => Cash.Stat([.. n], [.. b.Zip(m, (bi, mi) => bi + norm * mi)]);
        double Gradient(double norm) => Enumerable.Range(0, n.Count).Where(i => m[i] > 0).Sum(i => m[i] - (n[i] > 0 ? n[i] * m[i] / (norm * m[i] + b[i]) : 0));
        var floor = -Enumerable.Range(0, n.Count).Where(i => m[i] > 0).Min(i => b[i] / m[i]);
        var counted = Enumerable.Range(0, n.Count).Where(i => n[i] > 0 && m[i] > 0).ToArray();
        var norm = floor;
        if (counted.Length > 1)
        {
            var low = -counted.Min(i => b[i] / m[i]);
            var high = low + n.Sum() / m.Sum() + 1;
            for (var i = 0; i < 300; i++)
            {
                var middle = (low + high) / 2;
                if (Gradient(middle) < 0) low = middle;
                else high = middle;
            }

            norm = Math.Max(floor, (low + high) / 2);
        }

        return (norm, Stat(0) - Stat(norm), Stat(0), b.Sum() + norm * m.Sum());
    }

    private void AddEntries(int x, int y, int kernelIndex, List<double> n, List<double> b, List<double> m)
    {
        if (x < 0 || y < 0 || x >= dataset.Grid.Width || y >= dataset.Grid.Height) return;
        var pixel = y * dataset.Grid.Width + x;
        var bins = Enumerable.Range(0, dataset.Energy.BinCount).Where(k => dataset.MaskSafe is not { } safe || safe.Plane(k)[pixel]).ToArray();
        if (options.SumOverEnergyGroups)
        {
            n.Add(bins.Sum(k => dataset.Counts!.Plane(k)[pixel]));
            b.Add(bins.Sum(k => dataset.Background!.Plane(k)[pixel]));
            m.Add(bins.Length == 0 ? 0 : bins.Sum(k => _exposure[k][pixel]) * bins.Average(k => _kernel.Planes[k][kernelIndex]));
            return;
        }

        foreach (var k in bins)
        {
            n.Add(dataset.Counts!.Plane(k)[pixel]);
            b.Add(dataset.Background!.Plane(k)[pixel]);
            m.Add(_exposure[k][pixel] * _kernel.Planes[k][kernelIndex]);
        }
    }
}
