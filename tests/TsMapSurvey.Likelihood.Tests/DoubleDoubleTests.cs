using CsCheck;

namespace TsMapSurvey.Likelihood.Tests;

/// <summary>Compares the arithmetic of the references with decimal, an independent implementation with 28 digits.</summary>
public sealed class DoubleDoubleTests
{
    [Fact]
    public void Sums_products_quotients_and_logarithms_have_the_digits_of_decimal() =>
        Gen.Select(Gen.Int[1, 999_999_999], Gen.Int[1, 999_999_999]).ForSeeded((i, j) =>
        {
            var (x, y, exactX, exactY) = ((DoubleDouble)i / 7, (DoubleDouble)j / 11, i / 7m, j / 11m);
            Close(exactX + exactY, x + y);
            // Numbers for which both types keep enough digits after cancellation. The reference is rounded once.
            var (p, q) = (i % 1_000_000, j % 1_000_000);
            Close((11m * p - 7m * q) / 77, (DoubleDouble)p / 7 - (DoubleDouble)q / 11);
            Close(exactX / exactY, x / y);
            Close(exactX / 1e6m * exactY / 1e6m, x * y / 1e12);
            // A small quotient would have too few digits: decimal has 28 digits after the point, not 28 significant ones.
            Close(Log(exactX) - Log(exactY), DoubleDouble.Log(x / y));
            Assert.Equal(exactX < exactY, x < y);
        }, count: 500);

    [Fact]
    public void Logarithms_of_very_small_and_very_large_numbers_add_up() =>
        // No product below 1e-290: the lower half of a pair would be subnormal.
        Gen.Select(Gen.Double[-240, 240], Gen.Double[-50, 50]).ForSeeded((p, q) =>
        {
            DoubleDouble x = Math.Pow(10, p), y = Math.Pow(10, q);
            var off = DoubleDouble.Abs(DoubleDouble.Log(x * y) - DoubleDouble.Log(x) - DoubleDouble.Log(y));
            Assert.True((double)off < 1e-28, $"{p:R}, {q:R}: {(double)off}");
        }, count: 500);

    /// <summary>Decimals have 28 digits; sums of numbers of different size lose some of them.</summary>
    private static void Close(decimal expected, DoubleDouble found)
    {
        var off = Math.Abs(expected - ((decimal)found.High - Rest((decimal)found.High, found.High) + (decimal)found.Low));
        Assert.True(off <= 1e-24m * Math.Max(1, Math.Abs(expected)), $"{found}, expected {expected}");
    }

    /// <summary>The error of converting a double to decimal, which keeps 15 digits.</summary>
    private static decimal Rest(decimal converted, double value)
    {
        var (bits, exponent) = (BitConverter.DoubleToInt64Bits(value), Math.ILogB(value));
        var mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | 0x10_0000_0000_0000;
        decimal exact = mantissa;
        for (var i = exponent; i < 52; i++) exact /= 2;
        for (var i = 52; i < exponent; i++) exact *= 2;
        return converted - (value < 0 ? -exact : exact);
    }

    /// <summary>By halving the root until it is near one, then the series of artanh.</summary>
    private static decimal Log(decimal value)
    {
        var twos = 0;
        for (; value > 1.5m; twos++) value /= 2;
        for (; value < 0.75m; twos--) value *= 2;
        return Near(value) + twos * (Near(1.5m) - Near(0.75m));
    }

    private static decimal Near(decimal value)
    {
        var s = (value - 1) / (value + 1);
        var (sum, power) = (0m, s);
        for (var i = 1; i < 120; i += 2, power *= s * s) sum += power / i;
        return 2 * sum;
    }
}
