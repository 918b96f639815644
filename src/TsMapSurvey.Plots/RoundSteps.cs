using System.Globalization;

namespace TsMapSurvey.Plots;

/// <summary>Steps between ticks that people read easily.</summary>
internal static class RoundSteps
{
    // Above a degree the divisors of a circle, below it decimals.
    private static readonly (double Step, int Minor)[] Degrees =
        [(1, 5), (2, 4), (5, 5), (10, 5), (15, 3), (20, 4), (30, 3), (45, 3), (60, 6), (90, 3)];

    /// <summary>
    /// The smallest round step in degrees with no more than so many steps in the range, and into how many small ones it may be cut.
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
            // Dividing by a power of ten keeps 0.1, 0.02, ... the doubles nearest to them.
            var step = power < 0 ? factor / Math.Pow(10, -power) : factor * Math.Pow(10, power);
            if (step >= least * (1 - 1e-12)) return (step, minor);
        }

        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>A multiple of a step with as many decimals as the step has, and a minus sign of its own.</summary>
    internal static string Text(double value, double step)
    {
        var decimals = 0;
        for (var scaled = step; decimals < 12 && Math.Abs(scaled - Math.Round(scaled)) > 1e-6 * scaled; decimals++) scaled *= 10;
        // Adding 0 turns a negative zero into the other one.
        var text = (Math.Round(value, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return Minus(text);
    }

    internal static string Minus(string text) => text.Replace('-', '−');
}
