using CsCheck;

namespace TsMapSurvey.Likelihood.Tests;

/// <summary>
/// Entries with counts and background, which neighbouring pixels share, and each pixel's own signal; any of them may be zero.
/// </summary>
internal sealed record FitProblem(double[] Counts, double[] Background, double[][] Signal)
{
    /// <summary>As many pixels as the widest lanes have.</summary>
    public const int Pixels = 8;

    private static readonly Gen<double> Count =
        Gen.Frequency((4, Gen.Const(0.0)), (4, Gen.Int[1, 4].Select(n => (double)n)), (1, Gen.Int[5, 5000].Select(n => (double)n)));

    private static readonly Gen<double> Positive = Gen.Double[-3, 2].Select(exponent => Math.Pow(10, exponent));

    private static readonly Gen<double> Rate = Gen.Frequency((9, Positive), (1, Gen.Const(0.0)));

    /// <summary>Up to 24 entries; the background of one in ten is zero. Every pixel has signal.</summary>
    public static Gen<FitProblem> Small { get; } = Gen.Int[1, 24].SelectMany(OfLength);

    /// <summary>The same for a length.</summary>
    public static Gen<FitProblem> OfLength(int length) =>
        Gen.Select(Count.Array[length], Rate.Array[length], Gen.Frequency((3, Positive), (1, Gen.Const(0.0))).Array[length]
            .Select(signal => signal.Any(value => value > 0) ? signal : [1, .. signal[1..]]).Array[Pixels])
            .Select((counts, background, signal) => new FitProblem(counts, background, signal));

    /// <summary>Every pixel has signal, as in a fit.</summary>
    public bool IsFit => Signal.All(signal => signal.Any(value => value > 0));

    public override string ToString()
    {
        static string List(double[] values) =>
            string.Join(", ", values.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        return $"counts {List(Counts)}; background {List(Background)}; signal {string.Join(" | ", Signal.Select(List))}";
    }
}
