using TsMapSurvey.Likelihood;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// What numerics.md says of pixels that are no ordinary fit, by numbers that can be followed on paper. S is the sum of the exposures.
/// </summary>
public sealed class ExtremePixelTests
{
    private const FitStatus Ordinary = FitStatus.Converged | FitStatus.ErrorsOk | FitStatus.UpperLimitOk;

    private static readonly ExtremePixels Pixels = new(
        ("no counts", [0, 0, 0], [1, 2, 4], [1, 1, 2]),
        ("one count", [0, 1, 0], [1, 2, 4], [1, 1, 2]),
        ("one count at the bound", [1, 0, 0], [1, 2, 4], [1, 1, 2]),
        ("one count over no background", [0, 1, 0], [1, 0, 4], [1, 1, 2]),
        ("bound", [1, 1, 0], [1, 1, 0.4], [1, 1, 2]),
        ("huge", [3e9, 3e9, 3e9], [1e9, 1e9, 1e9], [1e9, 1e9, 1e9]),
        ("no background", [1, 1, 0], [1, 1, 0], [1, 1, 2]),
        ("no background anywhere", [1, 1, 0], [0, 0, 0], [1, 1, 2]),
        ("two counts", [1, 1, 0], [1, 1, 4], [1, 1, 2]),
        ("counts over no background", [1, 0, 2], [1, 1, 0], [1, 1, 2]),
        ("no exposure", [1, 1, 0], [1, 1, 4], [0, 0, 0]),
        ("no exposure where the counts are", [2, 0, 0], [1, 1, 4], [0, 1, 2]),
        ("NaN counts", [1, 1, double.NaN], [1, 1, 4], [1, 1, 2]),
        ("NaN background", [1, 1, 7], [1, 1, double.NaN], [1, 1, 2]),
        ("NaN exposure", [1, 1, 0], [1, 1, 4], [1, 1, double.NaN]),
        ("NaN everywhere", [1, 1, 1], [double.NaN, double.NaN, double.NaN], [1, 1, 2]),
        ("infinite background", [1, 1, 7], [1, 1, double.PositiveInfinity], [1, 1, 2]));

    [Fact]
    public void Without_counts_the_norm_is_the_bound_and_the_limit_follows_the_line()
    {
        // C = 2 Σ μ falls by 2 S a norm, down to min b / m = 1; the limit is where it has grown by four.
        Is("no counts", FitStatus.Converged | FitStatus.BoundHit | FitStatus.NoCounts | FitStatus.UpperLimitOk, norm: -1,
            error: double.NaN, ts: 8);
        Close(-1 + 4 / (2 * 4.0), Pixels["no counts", "norm_ul"]);
        Assert.True(double.IsNaN(Pixels["no counts", "norm_errp"]) && double.IsNaN(Pixels["no counts", "norm_errn"]));
    }

    [Fact]
    public void Counts_where_the_kernel_is_zero_are_as_none()
    {
        // No count under the source: N_min = -1, S = 3, and the limit 2 / 3 above, whatever the first bin holds.
        Is("no exposure where the counts are", FitStatus.Converged | FitStatus.BoundHit | FitStatus.NoCounts | FitStatus.UpperLimitOk,
            norm: -1, error: double.NaN, ts: 6);
        Close(-1 + 4 / (2 * 3.0), Pixels["no exposure where the counts are", "norm_ul"]);
        Assert.True(double.IsNaN(Pixels["no exposure where the counts are", "norm_errp"])
            && double.IsNaN(Pixels["no exposure where the counts are", "norm_errn"]));
    }

    [Fact]
    public void One_count_whose_root_another_entry_forbids_has_its_bound()
    {
        // 1/S - 2 = -7/4, below the bound of the first bin.
        Is("one count", Ordinary | FitStatus.BoundHit | FitStatus.SingleEntry, norm: -1, error: 1, ts: 2 * (Math.Log(0.5) + 4));
        // μ = 1 at the bound: 4 d - ln(1 + d) = 2.
        var distance = Pixels["one count", "norm_ul"] + 1;
        Close(2, 4 * distance - Math.Log(1 + distance));
    }

    [Fact]
    public void One_count_whose_entry_makes_the_bound_has_its_root_above()
    {
        // 1/S - 1 = -3/4, where μ is 1/4: 4 d - ln(1 + 4 d) is 2 at the limit, 1/2 at the errors.
        Is("one count at the bound", Ordinary | FitStatus.SingleEntry, norm: -0.75, error: 0.25, ts: 2 * (Math.Log(0.25) + 3));
        var (distance, errp, errn) = (Pixels["one count at the bound", "norm_ul"]
            + 0.75, Pixels["one count at the bound", "norm_errp"], Pixels["one count at the bound", "norm_errn"]);
        Close(2, 4 * distance - Math.Log(1 + 4 * distance));
        Close(0.5, 4 * errp - Math.Log(1 + 4 * errp));
        Close(0.5, -4 * errn - Math.Log(1 - 4 * errn));
    }

    [Fact]
    public void One_count_over_no_background_is_all_source()
    {
        Is("one count over no background", Ordinary | FitStatus.SingleEntry, norm: 0.25, error: 0.25,
            ts: 2 * (Math.Log(0.25 / Cash.Truncation) - 1));
        var distance = Pixels["one count over no background", "norm_ul"] - 0.25;
        Close(2, 4 * distance - Math.Log(1 + 4 * distance));
    }

    [Fact]
    public void Ordinary_pixels_and_those_at_the_bound_are_roots()
    {
        // S = 2 / (1 + N): N = -1/2, above the bound of the third bin at -2.
        Is("two counts", Ordinary, norm: -0.5, error: 1 / Math.Sqrt(8), ts: 2 * (2 * Math.Log(0.5) + 2));
        Is("bound", Ordinary | FitStatus.BoundHit, norm: -0.2, error: 1 / Math.Sqrt(2 / 0.64), ts: 2 * (2 * Math.Log(0.8) + 0.8));
        Is("huge", Ordinary, norm: 2, error: 1 / Math.Sqrt(1e9), ts: 2 * (9e9 * Math.Log(3) - 6e9));
    }

    [Fact]
    public void Zero_background_bounds_the_norm_by_zero_unless_counts_lift_it()
    {
        Is("no background", Ordinary | FitStatus.BoundHit, norm: 0, error: 1 / Math.Sqrt(2), ts: 0);
        // 4 = 1 / (1 + N) + 2 / N.
        var norm = (Math.Sqrt(33) - 1) / 8;
        Is("counts over no background", Ordinary, norm, error: 1 / Math.Sqrt(1 / Math.Pow(1 + norm, 2) + 2 / Math.Pow(norm, 2)),
            ts: 2 * (Math.Log(1 + norm) + 2 * Math.Log(2 * norm / Cash.Truncation) - 4 * norm));
        var errn = Pixels["counts over no background", "norm_errn"];
        Close(0.5, -Math.Log((1 + norm - errn) / (1 + norm)) - 2 * Math.Log((norm - errn) / norm) - 4 * errn);
        IsEmpty("no background anywhere", FitStatus.None);
    }

    [Fact]
    public void Without_exposure_everything_is_nan_and_the_status_says_so()
    {
        IsEmpty("no exposure", FitStatus.NoExposure);
    }

    [Fact]
    public void Nan_leaves_out_what_it_is_in()
    {
        Is("NaN counts", Ordinary, norm: -0.5, error: 1 / Math.Sqrt(8), ts: 2 * (2 * Math.Log(0.5) + 2));
        foreach (var name in new[] { "NaN background", "infinite background", "NaN exposure" })
            Is(name, Ordinary, norm: 0, error: 1 / Math.Sqrt(2), ts: 0);
        Close(2, Pixels["NaN background", "npred"]);
        IsEmpty("NaN everywhere", FitStatus.None);
    }

    [Fact]
    public void The_sensitivity_is_positive_whatever_the_norm_is()
    {
        foreach (var name in new[] { "no counts", "one count", "one count at the bound", "two counts", "bound", "no background",
            "no exposure where the counts are" })
            Assert.InRange(Pixels[name, "norm_sensitivity"], 0.1, 100);
    }

    private static void Is(string pixel, FitStatus status, double norm, double error, double ts)
    {
        Assert.Equal(status, Pixels.Status(pixel));
        Assert.Equal(status.HasFlag(FitStatus.Converged) ? 1 : 0, Pixels[pixel, "success"]);
        Close(norm, Pixels[pixel, "norm"]);
        Close(error, Pixels[pixel, "norm_err"]);
        if (!double.IsNaN(ts)) Close(ts, Pixels[pixel, "ts"]);
    }

    private static void IsEmpty(string pixel, FitStatus status)
    {
        Assert.Equal(status, Pixels.Status(pixel));
        foreach (var name in new[] { "norm", "norm_err", "norm_ul", "norm_errn", "norm_errp", "norm_sensitivity", "ts", "stat", "npred" })
            Assert.True(double.IsNaN(Pixels[pixel, name]), name);
        Assert.Equal(0, Pixels[pixel, "success"]);
    }

    private static void Close(double expected, double found) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(found)
            : Math.Abs(expected - found) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{found:r}, expected {expected:r}");
}
