using TsMapSurvey.Fits;
using TsMapSurvey.Likelihood;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>Our maps beside gammapy's file of them, pixel by pixel, by the rule of peer/compare_fluxmaps.py.</summary>
internal sealed class GoldenMaps(FluxMaps ours, string golden) : IDisposable
{
    private const double Tolerance = 1e-3;

    private readonly FitsFile _golden = FitsFile.Open(golden);
    private readonly Dictionary<string, double[]> _read = [];

    public int Count => ours.Geometry.Count;

    public FluxMaps Ours => ours;

    public void Dispose() => _golden.Dispose();

    public double[] Theirs(string quantity) =>
        _read.TryGetValue(quantity, out var values)
            ? values : _read[quantity] = ((FitsImage)_golden.Find(quantity.ToUpperInvariant())!).ReadDoubles();

    public string Unit(string quantity) => _golden.Find(quantity.ToUpperInvariant())!.Header.GetString("BUNIT") ?? "";

    /// <summary>Whether gammapy's root finder found no bracket: its norm is NaN there, and its TS that of the bound.</summary>
    public bool HasFailed(int i) => Theirs("success")[i] == 0 && double.IsFinite(Theirs("ts")[i]);

    public FitStatus Status(int i) => (FitStatus)ours.Find("status")!.Data[i];

    /// <summary>
    /// On all but one in a thousand pixels both have a value or none, and on all but one in a thousand of those |a - b| ≤ 1e-3 (median |b|
    /// + |b|).
    /// </summary>
    /// <param name="compared">The pixels that count; null for all. Those where gammapy's own fit failed (SUCCESS 0 where TS is given)
    /// never do.</param>
    public void Agree(string quantity, Func<int, bool>? compared = null)
    {
        var (a, b) = (ours.Find(quantity)!.Data, Theirs(quantity));
        Assert.Equal(b.Length, a.Length);
        int[] pixels = [.. Enumerable.Range(0, a.Length).Where(i => compared?.Invoke(i) != false && !HasFailed(i))];
        var valid = pixels.Where(i => double.IsFinite(a[i]) && double.IsFinite(b[i])).ToArray();
        Assert.NotEmpty(valid);
        var mismatches = pixels.Count(i => double.IsFinite(a[i]) != double.IsFinite(b[i]));
        Assert.True(mismatches <= Tolerance * pixels.Length,
            $"{quantity}: {mismatches} of {pixels.Length} pixels have a value on one side alone, "
            + $"{Example(i => double.IsFinite(a[i]) != double.IsFinite(b[i]))}");
        var median = valid.Select(i => Math.Abs(b[i])).Order().ElementAt(valid.Length / 2);
        bool IsOff(int i) => !(Math.Abs(a[i] - b[i]) <= Tolerance * (median + Math.Abs(b[i])));
        var off = valid.Count(IsOff);
        Assert.True(off <= Tolerance * valid.Length,
            $"{quantity}: {off} of {valid.Length} pixels are off, "
            + $"{Example(i => double.IsFinite(a[i]) && double.IsFinite(b[i]) && IsOff(i))}");

        string Example(Func<int, bool> wanted) =>
            string.Join("; ", pixels.Where(wanted).Take(3).Select(i => $"{i} ({Status(i)}): {a[i]:g9}, gammapy {b[i]:g9}"));
    }
}
