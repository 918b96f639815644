namespace TsMapSurvey.Plots;

/// <summary>
/// A named series of colours. A sequential colormap covers the range from its lower to its upper end. A diverging colormap has its neutral
/// colour at the value 0, and colours of equal strength at equal distances from 0 on both sides.
/// </summary>
public sealed class Colormap
{
    /// <summary>Index of the table's last entry, and of the middle one, which is the neutral colour of a diverging colormap.</summary>
    internal const int Last = 256;

    internal const int Middle = Last / 2;

    private readonly uint[] _table;

    private Colormap(string name, bool isDiverging, Func<double, Rgba> color)
    {
        (Name, IsDiverging) = (name, isDiverging);
        _table = [.. Enumerable.Range(0, Last + 1).Select(step => color(step / (double)Last).Packed)];
    }

    public static Colormap Viridis { get; } = Sequential("viridis", new ScottPlot.Colormaps.Viridis());

    public static Colormap Inferno { get; } = Sequential("inferno", new ScottPlot.Colormaps.Inferno());

    public static Colormap Magma { get; } = Sequential("magma", new ScottPlot.Colormaps.Magma());

    public static Colormap Plasma { get; } = Sequential("plasma", new ScottPlot.Colormaps.Plasma());

    public static Colormap Gray { get; } = new("gray", false, t => ColorAnchors.Between(ColorAnchors.Gray, t));

    public static Colormap Coolwarm { get; } = new("coolwarm", true, t => ColorAnchors.Between(ColorAnchors.Coolwarm, t));

    /// <summary>Blue for positive values, as in ColorBrewer and matplotlib; the reverse is <see cref="BlueRed"/>.</summary>
    public static Colormap RedBlue { get; } = new("rdbu", true, t => ColorAnchors.Between(ColorAnchors.RedBlue, t));

    public static Colormap BlueRed { get; } = new("rdbu_r", true, t => ColorAnchors.Between(ColorAnchors.RedBlue, 1 - t));

    /// <summary>
    /// For sqrt_ts: white at 0, blue below, and above 0 pale yellow, orange, red and a dark end. Noise stays pale, and both faint and
    /// bright sources have enough colours to show their shape.
    /// </summary>
    public static Colormap Significance { get; } = new("significance", true, t => ColorAnchors.Between(ColorAnchors.Significance, t));

    public static IReadOnlyList<Colormap> All { get; } = [Viridis, Inferno, Magma, Plasma, Gray, Coolwarm, RedBlue, BlueRed, Significance];

    /// <summary>The name in lower case, as titiler's <c>colormap_name</c>.</summary>
    public string Name { get; }

    public bool IsDiverging { get; }

    /// <summary>The colour at a place from 0 to 1; places outside are clipped to the ends.</summary>
    public Rgba this[double place] => Rgba.FromPacked(_table[(int)(Math.Clamp(place, 0, 1) * Last + 0.5)]);

    /// <summary>The colormap with a name, which is not case-sensitive; grey is gray.</summary>
    /// <exception cref="PlotException">There is no such colormap; the message lists all names.</exception>
    public static Colormap Find(string name) =>
        name.Equals("grey", StringComparison.OrdinalIgnoreCase) ? Gray
        : All.FirstOrDefault(map => map.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw PlotErrors.UnknownColormap(name, All.Select(map => map.Name));

    /// <summary>The same colours from the other end, with _r after the name.</summary>
    public Colormap Reversed() => new($"{Name}_r", IsDiverging, place => this[1 - place]);

    public override string ToString() => Name;

    internal uint Packed(int step) => _table[step];

    private static Colormap Sequential(string name, ScottPlot.IColormap source) => new(name, false, t =>
    {
        var color = source.GetColor(t);
        return new Rgba(color.R, color.G, color.B);
    });
}
