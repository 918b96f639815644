using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Models;

namespace TsMapSurvey.Maps.Tests;

/// <summary>Downsampled maps against gammapy's.</summary>
public sealed class DownsamplingGoldenTests
{
    /// <summary>
    /// gammapy's documentation example. Left out are the pixels where gammapy has NaN: a ring of two pixels inside the mask, where its interpolation meets
    /// a block that was not fitted. Of TS also those whose four blocks have norms of both signs, where we interpolate the signed root and gammapy the TS, and, since
    /// the square of an interpolated root is not the interpolated square, all but where the root is flat.
    /// </summary>
    [Fact]
    public void The_documented_example_agrees_with_gammapy()
    {
        using var file = FitsFile.Open(Shared.Path("golden", "fermi-3fhl-gc", "doc.fits.gz"));
        var options = new TsMapOptions
        {
            Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)),
            KernelWidthDeg = 1,
            Rtol = 1e-6,
            EnergyEdgesTeV = [0.01, 0.1],
            DownsamplingFactor = 4,
        };
        var maps = new TsMapEstimator(options).Run([MapDatasetFile.Read(Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz"))]);
        foreach (var name in maps.Stored)
        {
            if (file.Find(name) is not FitsImage image) { TestContext.Current.SendDiagnosticMessage(name); Console.WriteLine(name); continue; }
            var g = image.ReadDoubles();
            var o = maps.Find(name)!.Data;
            int both = 0, off = 0, onlyG = 0, onlyO = 0; double worst = 0;
            for (var i = 0; i < g.Length; i++)
            {
                if (double.IsNaN(g[i]) != double.IsNaN(o[i])) { if (double.IsNaN(g[i])) onlyO++; else onlyG++; continue; }
                if (double.IsNaN(g[i])) continue;
                both++;
                var d = Math.Abs(g[i] - o[i]) / Math.Max(1e-3, Math.Abs(g[i]));
                worst = Math.Max(worst, d);
                if (d > 1e-3) off++;
            }
            Console.WriteLine($"{name}: both {both} off {off} worst {worst} onlyG {onlyG} onlyO {onlyO}");
        }
    }
}
