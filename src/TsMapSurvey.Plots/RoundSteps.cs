using System.Globalization;

namespace TsMapSurvey.Plots;

internal static class RoundSteps
{
    // Steps of a degree or more divide 360; smaller steps are decimal.
    private static readonly (double Step, int Minor)[] Degrees =
        [(1, 5), (2, 4), (5, 5), (10, 5), (15, 3), (20, 4), (30, 3), (45, 3), (60, 6), (90, 3)];

    /// <summary>
    /// The smallest round step in degrees that divides the range into at most <paramref name="atMost"/> steps, and the number of minor
    /// steps in it.
    /// </summary>
    internal static (double Step, int Minor) OfDegrees(double rangeDeg, int atMost)
    {
        var least = rangeDeg / atMost;
        foreach (var step in Degrees)
            if (step.Step >= least && least > 0.5) return step;
        return least > 0.5 ? Degrees[^1] : OfNumbers(rangeDeg, atMost);
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    internal static (double Step, int Minor) OfNumbers(double range, int atMost)
    {
        var least = Math.Max(range / atMost, double.Epsilon * 1e10);
        var power = (int)Math.Floor(Math.Log10(least));
        foreach (var (factor, minor) in new[] { (1, 5), (2, 4), (5, 5), (10, 5) })
        {
            // Dividing by a power of ten gives the doubles nearest to 0.1, 0.02, ...
            var step = power < 0 ? factor / Math.Pow(10, -power) : factor * Math.Pow(10, power);
            if (step >= least * (1 - 1e-12)) return (step, minor);
        }

        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>A multiple of a step with the decimals of the step and with the typographic minus sign.</summary>
    internal static string Text(double value, double step)
    {
        var decimals = 0;
        for (var scaled = step; decimals < 12 && Math.Abs(scaled - Math.Round(scaled)) > 1e-6 * scaled; decimals++) scaled *= 10;
        // Adding 0 converts negative zero to positive zero.
        var text = (Math.Round(value, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return Minus(text);
    }

    internal static string Minus(string text) => text.Replace('-', '−');
}
