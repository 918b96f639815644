namespace TsMapSurvey.Likelihood.Tests;

/// <summary>
/// A number as the unevaluated sum of two doubles, 106 bits (Dekker 1971, Numer. Math. 18, 224; Hida, Li and Bailey 2001). The references
/// are computed in it, so that a difference to them is the error of the code under test.
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>ln 2 minus its value rounded to double: the second of its two parts.</summary>
    private const double Ln2Rest = 2.3190468138462996e-17;

    private static readonly DoubleDouble Ln2 = new(0.6931471805599453, Ln2Rest);

    /// <summary>1 / (2 i + 1): with s below 0.172, s to the power 50 is below 1e-38.</summary>
    private static readonly DoubleDouble[] OddReciprocals = [.. Enumerable.Range(0, 25).Select(i => (DoubleDouble)1 / (2 * i + 1))];

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High + value.Low;

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var (sum, error) = Sum(a.High, b.High);
        var (lowSum, lowError) = Sum(a.Low, b.Low);
        var first = Renormalised(sum, error + lowSum);
        return Renormalised(first.High, first.Low + lowError);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = a.High * b.High;
        return Renormalised(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - b * first;
        var second = rest.High / b.High;
        rest -= b * second;
        return Renormalised(first, second) + rest.High / b.High;
    }

    public static bool operator <(DoubleDouble a, DoubleDouble b) => (a - b).High < 0;

    public static bool operator >(DoubleDouble a, DoubleDouble b) => b < a;

    public static DoubleDouble Max(DoubleDouble a, DoubleDouble b) => a < b ? b : a;

    public static DoubleDouble Abs(DoubleDouble a) => a < 0 ? -a : a;

    public static DoubleDouble Sum(IEnumerable<DoubleDouble> values) => values.Aggregate((DoubleDouble)0, (sum, value) => sum + value);

    /// <summary>ln x of positive normal numbers: x = m 2^e with m between √½ and √2, ln m = 2 artanh((m - 1) / (m + 1)).</summary>
    public static DoubleDouble Log(DoubleDouble value)
    {
        var exponent = Math.ILogB(value.High);
        if (Math.ScaleB(value.High, -exponent) > Math.Sqrt(2)) exponent++;
        DoubleDouble mantissa = new(Math.ScaleB(value.High, -exponent), Math.ScaleB(value.Low, -exponent));
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        DoubleDouble series = 0;
        for (var i = OddReciprocals.Length - 1; i >= 0; i--) series = series * square + OddReciprocals[i];
        return s * series * 2 + Ln2 * exponent;
    }

    private static DoubleDouble Sum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return new(sum, a - (sum - part) + (b - part));
    }

    /// <summary>The sum of two numbers; the first must have the larger absolute value.</summary>
    private static DoubleDouble Renormalised(double high, double low)
    {
        var sum = high + low;
        return new(sum, low - (sum - high));
    }
}
