using System.Globalization;

namespace TsMapSurvey.Plots;

/// <summary>
/// The conversion of values to colours. Values outside the range, including infinities, get the colour of its nearer end, NaN gets
/// <see cref="Nan"/>.
/// </summary>
/// <param name="Min">Lower end of the range; null for the percentile <see cref="LowPercentile"/> of the finite values.</param>
/// <param name="Max">Upper end of the range; null for the percentile <see cref="HighPercentile"/>.</param>
public sealed record ColorScale(Colormap Colormap, Stretch Stretch = Stretch.Linear, double? Min = null, double? Max = null)
{
    // Limits of the range's width: the reciprocal of the width and the powers of ten of its ticks must be finite.
    internal const double MinWidth = 1e-300;
    internal const double MaxWidth = 1e300;
    // Smallest width relative to the larger end: in a narrower range, rounding errors dominate the place of a value.
    internal const double MinRelativeWidth = 1e-9;

    public double LowPercentile { get; init; } = 0.5;

    public double HighPercentile { get; init; } = 99.7;

    /// <summary>
    /// A range that is determined from the values always includes these two, so that noise in an empty field does not get bright colours.
    /// </summary>
    public (double Min, double Max)? Includes { get; init; }

    /// <summary>The value at which <see cref="Stretch.Asinh"/> changes from linear to logarithmic; null for a tenth of the range.</summary>
    public double? Softening { get; init; }

    public Rgba Nan { get; init; }

    /// <summary>
    /// This scale with changes from a user's texts, each of which may be null or empty: the name of a colormap, the name of a stretch, and
    /// a range "MIN,MAX".
    /// </summary>
    /// <exception cref="PlotException">A text is not valid; the message has the valid values.</exception>
    public ColorScale With(string? colormapName, string? stretch, string? rescale)
    {
        var scale = this;
        if (!string.IsNullOrEmpty(colormapName)) scale = scale with { Colormap = Colormap.Find(colormapName) };
        if (!string.IsNullOrEmpty(stretch)) scale = scale with { Stretch = ParseStretch(stretch), Softening = null };
        if (string.IsNullOrEmpty(rescale)) return scale;
        var parts = rescale.Split(',');
        if (parts.Length != 2 || !TryNumber(parts[0], out var min) || !TryNumber(parts[1], out var max))
            throw PlotErrors.BadRangeText(rescale);
        return scale.Fixed(min, max);
    }

    /// <summary>
    /// This scale with both ends of the range set: an end that is null is determined from the finite values (0 to 1 if there are none).
    /// </summary>
    /// <exception cref="PlotException">The ends are not two finite numbers in ascending order.</exception>
    public ColorScale Resolve(ReadOnlySpan<double> values)
    {
        if (Min is { } min && Max is { } max) return Fixed(min, max);
        var (low, high) = Percentiles.Range(values, LowPercentile, HighPercentile);
        if (double.IsNaN(low)) (low, high) = Includes ?? (0, 1);
        else if (Includes is { } includes) (low, high) = (Math.Min(low, includes.Min), Math.Max(high, includes.Max));
        (low, high) = (Min ?? low, Max ?? high);
        if (IsRange(low, high)) return Fixed(low, high);
        // A constant map, or all values are beyond the given end.
        var width = low == 0 ? 1 : Math.Max(Math.Abs(low) * 0.1, MinWidth);
        (low, high) = Max is null ? (low, low + width) : (high - width, high);
        return Fixed(low, high);
    }

    internal ColorMapping Mapping(ReadOnlySpan<double> values)
    {
        var resolved = Resolve(values);
        return new ColorMapping(resolved, resolved.Min!.Value, resolved.Max!.Value);
    }

    private static Stretch ParseStretch(string name) =>
        name.All(char.IsAsciiLetter) && Enum.TryParse<Stretch>(name, ignoreCase: true, out var known)
            ? known : throw PlotErrors.UnknownStretch(name);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool IsRange(double min, double max) =>
        max - min is >= MinWidth and <= MaxWidth && max - min >= MinRelativeWidth * Math.Max(Math.Abs(min), Math.Abs(max));

    private ColorScale Fixed(double min, double max) =>
        IsRange(min, max) ? this with { Min = min, Max = max } : throw PlotErrors.BadRange(min, max);
}
