using System.Globalization;

namespace TsMapSurvey.Plots;

/// <summary>
/// How values become colours. Values outside the range get the colour of its end (infinities too), NaN gets <see cref="Nan"/>.
/// </summary>
/// <param name="Min">Lower end of the range; null: from the values, the percentile <see cref="LowPercentile"/> of the finite ones.</param>
/// <param name="Max">Upper end; null: the percentile <see cref="HighPercentile"/>.</param>
public sealed record ColorScale(Colormap Colormap, Stretch Stretch = Stretch.Linear, double? Min = null, double? Max = null)
{
    // Between these a range's width has a reciprocal, and the powers of ten of its ticks are numbers.
    internal const double Narrowest = 1e-300;
    internal const double Widest = 1e300;

    // Of the larger end: in a narrower range the place of a value is lost in rounding.
    internal const double NarrowestOfValue = 1e-9;

    public double LowPercentile { get; init; } = 0.5;

    public double HighPercentile { get; init; } = 99.7;

    /// <summary>
    /// A range found from the values always reaches over these, so that an empty field is not stretched until its noise glows.
    /// </summary>
    public (double Min, double Max)? Includes { get; init; }

    /// <summary>
    /// Where <see cref="Stretch.Asinh"/> turns from linear to logarithmic, in units of the values; null: a tenth of the range.
    /// </summary>
    public double? Softening { get; init; }

    public Rgba Nan { get; init; }

    /// <summary>
    /// This scale as changed by a user's words, each of which may be missing: a colormap's name, a stretch's name, "MIN,MAX".
    /// </summary>
    /// <exception cref="PlotException">A word is not known; the message says what would be.</exception>
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
    /// The same scale with both ends of the range set: those that were null from the finite values (0 to 1 where there are none).
    /// </summary>
    /// <exception cref="PlotException">The ends are not two finite numbers in order.</exception>
    public ColorScale Resolve(ReadOnlySpan<double> values)
    {
        if (Min is { } min && Max is { } max) return Fixed(min, max);
        var (low, high) = Percentiles.Range(values, LowPercentile, HighPercentile);
        if (double.IsNaN(low)) (low, high) = Includes ?? (0, 1);
        else if (Includes is { } includes) (low, high) = (Math.Min(low, includes.Min), Math.Max(high, includes.Max));
        (low, high) = (Min ?? low, Max ?? high);
        if (IsRange(low, high)) return Fixed(low, high);
        // A constant map, or one that lies wholly beyond the end that was given.
        var room = low == 0 ? 1 : Math.Max(Math.Abs(low) * 0.1, Narrowest);
        (low, high) = Max is null ? (low, low + room) : (high - room, high);
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
        max - min is >= Narrowest and <= Widest && max - min >= NarrowestOfValue * Math.Max(Math.Abs(min), Math.Abs(max));

    private ColorScale Fixed(double min, double max) =>
        IsRange(min, max) ? this with { Min = min, Max = max } : throw PlotErrors.BadRange(min, max);
}
