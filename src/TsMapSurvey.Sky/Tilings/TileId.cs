using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TsMapSurvey.Sky;

/// <summary>
/// The name of a tile: its column and row in its tiling, both 0 or more. Its text, like x012y003, is the same forever and safe in
/// URLs, file and blob names; at least three digits each, so that names of one survey sort.
/// </summary>
public readonly record struct TileId(int X, int Y) : IParsable<TileId>, IComparable<TileId>
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"x{X:D3}y{Y:D3}");

    /// <exception cref="SkyException">The text is not one that <see cref="ToString"/> writes.</exception>
    public static TileId Parse(string text) => TryParse(text, null, out var id) ? id : throw SkyErrors.BadTileText(text);

    static TileId IParsable<TileId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <summary>Accepts exactly what <see cref="ToString"/> writes: no other case, sign, blank or number of leading zeros.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TileId result)
    {
        result = default;
        if (s is null || s.Length > 22 || !s.StartsWith('x')) return false;
        var y = s.IndexOf('y', StringComparison.Ordinal);
        if (y < 0 || !TryNumber(s.AsSpan(1, y - 1), out var column) || !TryNumber(s.AsSpan(y + 1), out var row)) return false;
        var id = new TileId(column, row);
        if (id.ToString() != s) return false;
        result = id;
        return true;
    }

    /// <summary>Row by row.</summary>
    public int CompareTo(TileId other) => Y != other.Y ? Y.CompareTo(other.Y) : X.CompareTo(other.X);

    public static bool operator <(TileId left, TileId right) => left.CompareTo(right) < 0;

    public static bool operator >(TileId left, TileId right) => left.CompareTo(right) > 0;

    public static bool operator <=(TileId left, TileId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TileId left, TileId right) => left.CompareTo(right) >= 0;

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
