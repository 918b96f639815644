using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// The golden cases with every optional quantity, of which some pixels differ from gammapy's on purpose: each is named here.
/// </summary>
[Trait("Pace", "slow")]
public sealed class GoldenSelectionTests
{
    private static readonly string[] Plain = ["norm", "ts", "sqrt_ts", "npred", "npred_excess", "stat", "stat_null"];

    /// <summary>
    /// H.E.S.S. in three energy bins. Errors are left out where there are no counts under the kernel, and limits where gammapy gives none
    /// there (no counts in the kernel's
    /// square either). Where one entry has all of them gammapy's fit fails. The sensitivity is compared where gammapy can find it: its
    /// bracket is
    /// norm / 1000 to 1000 norm, so not where the norm is negative or missing, or where the sensitivity lies outside.
    /// </summary>
    [Fact]
    public void Errors_limits_and_sensitivity_in_three_bins_agree_with_gammapy()
    {
        var options = new TsMapOptions
        {
            KernelWidthDeg = 0.6,
            Rtol = 1e-6,
            EnergyEdgesTeV = [0.6, 2.2, 8.1, 30],
            Selection = TsMapSelection.Ul | TsMapSelection.ErrnErrp | TsMapSelection.Sensitivity
        };
        var maps = new TsMapEstimator(options).Run([MapDatasetFile.Read(Shared.Path("golden", "hess-rxj1713", "stacked.fits.gz"))]);
        using var golden = new GoldenMaps(maps, Shared.Path("golden", "hess-rxj1713", "point-3bins-all.fits.gz"));
        foreach (var quantity in Plain.Append("norm_err")) golden.Agree(quantity);
        bool IsOrdinary(int i) => (golden.Status(i) & (FitStatus.NoCounts | FitStatus.SingleEntry)) == 0;
        foreach (var quantity in new[] { "norm_errn", "norm_errp", "norm_ul" }) golden.Agree(quantity, IsOrdinary);
        var fitted = Enumerable.Range(0, golden.Count).Where(i => golden.Status(i) != FitStatus.None).ToArray();
        Assert.InRange(fitted.Count(i => !IsOrdinary(i)), 1, 0.01 * golden.Count);
        Assert.All(fitted.Where(i => golden.Status(i).HasFlag(FitStatus.NoCounts)), i =>
        {
            var (ours, theirs) = (maps.Find("norm_ul")!.Data[i], golden.Theirs("norm_ul")[i]);
            Assert.True(double.IsFinite(ours)
                && (double.IsNaN(theirs) || Math.Abs(ours - theirs) <= 1e-3 * Math.Abs(theirs)), $"{ours}, gammapy {theirs}");
        });
        AgreeInSensitivity(golden, fitted, leastShare: 0.3);
    }

    /// <summary>
    /// Fermi with gammapy's profile, which overwrites norm, TS, errors and limits: norm and TS by the lowest point of a grid that holds
    /// the root itself, and so by the root; errors and limits by grid points, of which gammapy takes the nearest of its 900 a decade, and
    /// those are not compared. Where the fit has no root gammapy's grid decides what the norm is: those pixels are left out.
    /// </summary>
    [Fact]
    public void The_profile_agrees_with_gammapy()
    {
        var options = new TsMapOptions
        {
            Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)),
            KernelWidthDeg = 1,
            Rtol = 1e-6,
            EnergyEdgesTeV = [0.01, 0.1],
            Selection = TsMapSelection.Ul | TsMapSelection.ErrnErrp | TsMapSelection.Sensitivity | TsMapSelection.StatScan,
        };
        var maps = new TsMapEstimator(options).Run([MapDatasetFile.Read(Shared.Path("data", "fermi-3fhl-gc", "gc-cutout.fits.gz"))]);
        using var golden = new GoldenMaps(maps, Shared.Path("golden", "fermi-3fhl-gc", "cutout-all.fits.gz"));
        bool HasRoot(int i) => (golden.Status(i) & (FitStatus.Converged | FitStatus.BoundHit)) == FitStatus.Converged;
        foreach (var quantity in Plain)
            golden.Agree(quantity, i => quantity == "stat_null" || HasRoot(i) || golden.Status(i) == FitStatus.None);
        var fitted = Enumerable.Range(0, golden.Count).Where(i => golden.Status(i) != FitStatus.None).ToArray();
        Assert.InRange(fitted.Count(HasRoot), 0.7 * golden.Count, golden.Count);
        AgreeInSensitivity(golden, fitted, leastShare: 0.3);
        AgreeAlongTheGrid(golden, [.. fitted.Where(HasRoot)]);
    }

    private static void AgreeInSensitivity(GoldenMaps golden, int[] fitted, double leastShare)
    {
        var (ours, theirs, norm) =
            (golden.Ours.Find("norm_sensitivity")!.Data, golden.Theirs("norm_sensitivity"), golden.Ours.Find("norm")!.Data);
        Assert.All(fitted.Where(i => !golden.Status(i).HasFlag(FitStatus.NoExposure)), i =>
            Assert.True(ours[i] > 0 && double.IsFinite(ours[i]), $"pixel {i}: {ours[i]}"));
        var comparable = fitted.Where(i => !golden.HasFailed(i) && norm[i] / 1000 < ours[i] && ours[i] < 1000 * norm[i]).ToHashSet();
        Assert.True(comparable.Count >= leastShare * fitted.Length,
            $"gammapy's bracket holds {comparable.Count} of {fitted.Length} sensitivities");
        Assert.InRange(comparable.Count(i => double.IsFinite(theirs[i])), 0.999 * comparable.Count, comparable.Count);
        golden.Agree("norm_sensitivity", comparable.Contains);
    }

    /// <summary>
    /// Both grids ascend; ours has fewer points where some coincide, and gammapy random ones in their place. Every point of ours is in
    /// gammapy's, and what gammapy has besides is no more than we lack; the statistic agrees at all common points.
    /// </summary>
    private static void AgreeAlongTheGrid(GoldenMaps golden, int[] pixels)
    {
        var (ours, theirs) = (golden.Ours.Find("dnde_scan_values")!, golden.Theirs("dnde_scan_values"));
        var (ourStat, theirStat) = (golden.Ours.Find("stat_scan")!.Data, golden.Theirs("stat_scan"));
        Assert.Equal(ours.Data.Length, theirs.Length);
        var perTeV = golden.Unit("dnde_scan_values").Contains("keV", StringComparison.Ordinal) ? 1e9 : 1;
        var (length, points) = (golden.Ours.Geometry.PlaneLength, ours.Geometry.PlaneCount);
        var (missing, common, off) = (0, 0, 0);
        var median = theirStat.Where(double.IsFinite).Select(Math.Abs).Order().ElementAt(theirStat.Count(double.IsFinite) / 2);
        var scale = ours.Data.Where(double.IsFinite).Max() / 100;
        foreach (var i in pixels)
            for (int point = 0, other = 0; point < points && !double.IsNaN(ours.Data[point * length + i]); point++)
            {
                var value = ours.Data[point * length + i];
                bool IsSame(int at) => Math.Abs(theirs[at * length + i] * perTeV - value) <= 1e-5 * Math.Max(Math.Abs(value), scale);
                var from = other;
                while (other < points && !IsSame(other)) other++;
                if (other == points)
                {
                    (missing, other) = (missing + 1, from);
                    continue;
                }

                common++;
                var (a, b) = (ourStat[point * length + i], theirStat[other * length + i]);
                if (!(Math.Abs(a - b) <= 1e-3 * (median + Math.Abs(b)))) off++;
                other++;
            }

        Assert.True(missing <= 1e-3 * (missing + common), $"{missing} points of {missing + common} are not in gammapy's grid");
        Assert.True(off <= 1e-3 * common, $"{off} of {common} points are off");
        Assert.InRange(common, 100 * pixels.Length, 109 * pixels.Length);
    }
}
