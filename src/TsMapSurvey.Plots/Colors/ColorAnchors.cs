namespace TsMapSurvey.Plots;

// Anchors are equally spaced unless a place is given. Colours between them are interpolated linearly in sRGB.
internal static class ColorAnchors
{
    internal static readonly (double Place, uint Rgb)[] Gray = Even(0x000000, 0xFFFFFF);

    // Moreland 2009, "Diverging Color Maps for Scientific Visualization": nine samples of the cool-warm map.
    internal static readonly (double Place, uint Rgb)[] Coolwarm =
        Even(0x3B4CC0, 0x6282EA, 0x8DB0FE, 0xB8D0F9, 0xDDDDDD, 0xF5C4AD, 0xF49A7B, 0xDE604D, 0xB40426);

    // ColorBrewer 2.0 (Brewer & Harrower, colorbrewer2.org), RdBu in eleven classes.
    internal static readonly (double Place, uint Rgb)[] RedBlue = Even(
        0x67001F, 0xB2182B, 0xD6604D, 0xF4A582, 0xFDDBC7, 0xF7F7F7, 0xD1E5F0, 0x92C5DE, 0x4393C3, 0x2166AC, 0x053061);

    // Lightness decreases monotonically to both sides of white.
    internal static readonly (double Place, uint Rgb)[] Significance =
    [
        (0.00, 0x08204F), (0.15, 0x1F5FA8), (0.30, 0x7FB2DC), (0.40, 0xC4DBEF), (0.46, 0xEAF2FA), (0.50, 0xFFFFFF), (0.55, 0xFFF9E4),
        (0.62, 0xFFEDBA), (0.67, 0xFED976), (0.74, 0xFDAE4B), (0.82, 0xF4693A), (0.89, 0xCC2431), (0.95, 0x86104A), (1.00, 0x30083A),
    ];

    internal static Rgba Between((double Place, uint Rgb)[] anchors, double place)
    {
        var upper = 1;
        while (upper < anchors.Length - 1 && anchors[upper].Place < place) upper++;
        var (low, high) = (anchors[upper - 1], anchors[upper]);
        var fraction = Math.Clamp((place - low.Place) / (high.Place - low.Place), 0, 1);
        return new Rgba(Mix(16), Mix(8), Mix(0));

        byte Mix(int shift)
        {
            double from = (low.Rgb >> shift) & 0xFF, to = (high.Rgb >> shift) & 0xFF;
            return (byte)Math.Round(from + (to - from) * fraction);
        }
    }

    private static (double Place, uint Rgb)[] Even(params uint[] colors) =>
        [.. colors.Select((rgb, i) => (i / (colors.Length - 1.0), rgb))];
}
