using System.Text.Json.Serialization;

namespace TsMapSurvey.Plots;

/// <summary>
/// Statistics of the finite values of a map, with titiler's names in JSON. If no value is finite, everything except the counts is null
/// (JSON has no NaN) and the histogram is empty.
/// </summary>
/// <param name="Std">Standard deviation of the population, not of a sample, as in numpy and titiler.</param>
/// <param name="Histogram">Ten bins from min to max: a list of the counts and a list of the eleven edges.</param>
public sealed record MapStatistics(
    [property: JsonPropertyName("min")] double? Min,
    [property: JsonPropertyName("max")] double? Max,
    [property: JsonPropertyName("mean")] double? Mean,
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("sum")] double? Sum,
    [property: JsonPropertyName("std")] double? Std,
    [property: JsonPropertyName("median")] double? Median,
    [property: JsonPropertyName("percentile_2")] double? Percentile2,
    [property: JsonPropertyName("percentile_98")] double? Percentile98,
    [property: JsonPropertyName("histogram")] IReadOnlyList<IReadOnlyList<double>> Histogram,
    [property: JsonPropertyName("valid_percent")] double ValidPercent,
    [property: JsonPropertyName("valid_pixels")] int ValidPixels,
    [property: JsonPropertyName("masked_pixels")] int MaskedPixels)
{
    private const int Bins = 10;

    /// <summary>Computes the statistics; NaN and infinities count as masked.</summary>
    public static MapStatistics Of(ReadOnlySpan<double> values)
    {
        var all = new double[values.Length];
        var finite = all.AsSpan(0, Percentiles.CopyFinite(values, all));
        var (sum, min, max) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in finite)
        {
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        var mean = sum / finite.Length;
        var squares = 0.0;
        foreach (var value in finite) squares += (value - mean) * (value - mean);
        var none = finite.IsEmpty;
        return new MapStatistics(
            Known(min), Known(max), Known(mean), finite.Length, Known(sum), Known(Math.Sqrt(squares / finite.Length)),
            Known(Percentiles.Of(finite, 50)), Known(Percentiles.Of(finite, 2)), Known(Percentiles.Of(finite, 98)),
            none ? [[], []] : HistogramOf(finite, min, max),
            values.IsEmpty ? 0 : 100.0 * finite.Length / values.Length, finite.Length, values.Length - finite.Length);

        double? Known(double value) => none ? null : value;
    }

    private static double[][] HistogramOf(ReadOnlySpan<double> values, double min, double max)
    {
        // As in numpy, the histogram of a constant extends by 0.5 to both sides.
        if (min == max) (min, max) = (min - 0.5, max + 0.5);
        var counts = new double[Bins];
        foreach (var value in values) counts[Math.Min((int)((value - min) / (max - min) * Bins), Bins - 1)]++;
        return [counts, [.. Enumerable.Range(0, Bins + 1).Select(edge => min + (max - min) * edge / Bins)]];
    }
}
