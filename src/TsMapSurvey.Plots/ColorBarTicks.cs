using System.Globalization;

namespace TsMapSurvey.Plots;

/// <summary>
/// Round numbers along a colour bar, and a common power of ten that is shown in the bar's label instead of at each number.
/// </summary>
internal sealed class ColorBarTicks
{
    private const double MinDistance = 0.065;

    internal ColorBarTicks(ColorMapping mapping)
    {
        var size = Math.Max(Math.Abs(mapping.Min), Math.Abs(mapping.Max));
        var power = (int)Math.Floor(Math.Log10(size) + 1e-9);
        PowerOfTen = power is >= 5 or <= -3 ? power : 0;
        var factor = Math.Pow(10, PowerOfTen);

        var (step, _) = RoundSteps.OfNumbers(mapping.Max / factor - mapping.Min / factor, 7);
        var tiers = mapping.IsLinear ? [Multiples(mapping, factor, step)] : Tiers(mapping, factor, step);
        var taken = new List<(double Place, double Value)>();
        foreach (var value in tiers.SelectMany(tier => tier))
        {
            var place = Fraction(mapping, value * factor);
            if (taken.TrueForAll(tick => Math.Abs(tick.Place - place) >= MinDistance)) taken.Add((place, value));
        }

        taken.Sort();
        Ticks = [
            .. taken.Select(tick => new EdgeTick(tick.Place, RoundSteps.Minus(tick.Value.ToString("G10", CultureInfo.InvariantCulture))))];
    }

    internal int PowerOfTen { get; }

    /// <summary>Ticks with places from 0 at the lower end of the bar to 1 at the upper end.</summary>
    internal IReadOnlyList<EdgeTick> Ticks { get; }

    /// <summary>The place of a value on the bar, from 0 to 1. Equal distances on the bar are equal steps of colour.</summary>
    internal static double Fraction(ColorMapping mapping, double value)
    {
        var (low, high) = (mapping.Place(mapping.Min), mapping.Place(mapping.Max));
        return (mapping.Place(value) - low) / (high - low);
    }

    // Candidates by priority: zero, powers of ten, then 5, 2 and 3 times these, then multiples of the step for nearly linear scales.
    private static IEnumerable<IEnumerable<double>> Tiers(ColorMapping mapping, double factor, double step)
    {
        var (min, max) = (mapping.Min / factor, mapping.Max / factor);
        var top = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(min), Math.Abs(max))) + 1e-9);
        yield return new[] { 0.0 }.Where(zero => zero >= min && zero <= max);
        foreach (var digit in new[] { 1.0, 5, 2, 3 })
        {
            yield return
                from depth in Enumerable.Range(0, 4)
                let power = top - depth
                let size = power < 0 ? digit / Math.Pow(10, -power) : digit * Math.Pow(10, power)
                from value in new[] { size, -size }
                where value >= min && value <= max
                select value;
        }

        yield return Multiples(mapping, factor, step);
    }

    private static IEnumerable<double> Multiples(ColorMapping mapping, double factor, double step)
    {
        var first = (long)Math.Ceiling(mapping.Min / factor / step - 1e-9);
        for (var k = first; k * step <= mapping.Max / factor + 1e-9 * step; k++)
            yield return step < 1 ? k / Math.Round(1 / step, 9) : k * step;
    }
}
