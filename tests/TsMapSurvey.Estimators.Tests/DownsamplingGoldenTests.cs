using TsMapSurvey.Estimators.Tests.Reference;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// Downsampled maps against gammapy's, pixel by pixel. Left out everywhere are the pixels where gammapy has NaN and we have not: the ring
/// of two fine pixels (half a block) along the edge of what is fitted, where its interpolation meets a block without value. There we
/// interpolate between those that have one.
/// <para>
/// gammapy interpolates TS, we its signed root: away from the block centres the square of one is not the other, wherever TS changes. So
/// gammapy's TS is compared with the plain interpolation of our coarse TS (1e-3, every pixel), our map with the square of the plain
/// interpolation of our coarse roots, and the two with each other within what the interpolation may make of it.
/// </para>
/// </summary>
public sealed class DownsamplingGoldenTests
{
    private static readonly TsMapOptions Fermi = new()
    {
        Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)),
        KernelWidthDeg = 1,
        Rtol = 1e-6,
        EnergyEdgesTeV = [0.01, 0.1],
        DownsamplingFactor = 4,
    };

    [Fact]
    public void The_documented_example_agrees_with_gammapy()
    {
        using var golden = FitsFile.Open(Shared.Path("golden", "fermi-3fhl-gc", "doc.fits.gz"));
        var dataset = MapDatasetFile.Read(Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz"));
        var (compared, ring) = Compare(dataset, Fermi, golden);
        // 57600 pixels lie in blocks that were fitted.
        Assert.Equal((57600 - 2064, 2064), (compared, ring));
    }

    /// <summary>
    /// Few counts, a mask of another shape in each energy bin, NaN in the background, a factor of two, and a height that is not the width.
    /// </summary>
    [Fact]
    public void A_synthetic_dataset_of_another_shape_agrees_with_gammapy()
    {
        using var folder = new GammapyFolder();
        var dataset = Samples.Observation(rate: 2);
        MapDatasetFile.Write(folder.File("dataset.fits.gz"), dataset, FitsElementType.Double);
        File.Copy(Shared.Path("peer", "tsmap.py"), folder.File("tsmap.py"));
        var result = folder.Run([$"{folder.Inside}/tsmap.py", $"{folder.Inside}/golden.fits", $"{folder.Inside}/dataset.fits.gz", "--options", """{"kernel_width": "0.9 deg", "downsampling_factor": 2}""", "--amplitude", "1e-13 cm-2 s-1 TeV-1", "--n-jobs", "1"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        using var golden = FitsFile.Open(folder.File("golden.fits"));
        var (compared, _) = Compare(MapDatasetFile.Read(folder.File("dataset.fits.gz")),
            Fermi with { KernelWidthDeg = 0.9, EnergyEdgesTeV = null, DownsamplingFactor = 2 }, golden);
        Assert.InRange(compared, 300, 1200);
    }

    /// <summary>How many pixels were compared, and in how many more only we have a value.</summary>
    private static (int Compared, int Ring) Compare(MapDataset dataset, TsMapOptions options, FitsFile golden)
    {
        var maps = new TsMapEstimator(options).Run([dataset]);
        var naive = NaiveDownsampling.Run(dataset, options, maps.Geometry);
        var (ts, norm) = (Values(golden, "TS"), Values(golden, "NORM"));
        int compared = 0, ring = 0;
        for (var i = 0; i < norm.Length; i++)
        {
            Assert.False(
                double.IsNaN(maps.Find("norm")!.Data[i]) && !double.IsNaN(norm[i]), $"pixel {i}: gammapy has {norm[i]}, we have no value");
            if (double.IsNaN(norm[i]))
            {
                ring += double.IsNaN(maps.Find("norm")!.Data[i]) ? 0 : 1;
                continue;
            }

            compared++;
            foreach (var name in new[] { "norm", "norm_err", "npred", "npred_excess", "stat", "stat_null" })
                Close(Values(golden, name.ToUpperInvariant())[i], maps.Find(name)!.Data[i], 1e-3, $"{name} of pixel {i}");
            Close(ts[i], naive.Ts[i], 1e-3, $"the interpolated TS of pixel {i}");
            Close(naive.SqrtTs[i], maps.Find("sqrt_ts")!.Data[i], 1e-9, $"sqrt_ts of pixel {i}");
            Close(naive.SqrtTs[i] * naive.SqrtTs[i], maps.Find("ts")!.Data[i], 1e-9, $"ts of pixel {i}");
            // The mean of the squares exceeds the square of the mean by the variance, which is at most a quarter of the range squared.
            var range = naive.MostSqrtTs[i] - naive.LeastSqrtTs[i];
            Assert.InRange(
                ts[i] - maps.Find("ts")!.Data[i], -1e-3 * Math.Max(1e-2, ts[i]), range * range / 4 + 1e-3 * Math.Max(1e-2, ts[i]));
        }

        return (compared, ring);

        double[] Values(FitsFile file, string name) =>
            _read.TryGetValue((file, name), out var values) ? values : _read[(file, name)] = ((FitsImage)file.Find(name)!).ReadDoubles();
    }

    private static readonly Dictionary<(FitsFile, string), double[]> _read = [];

    private static void Close(double expected, double found, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - found) <= tolerance * Math.Max(1e-2, Math.Abs(expected)), $"{what}: {found}, expected {expected}");
}
