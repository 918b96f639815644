using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>A tile's part of a mosaic.</summary>
/// <param name="Blob">Null if the tile has no map.</param>
/// <param name="MadeAt">When the tile's map was computed, or its stack committed.</param>
internal sealed record MosaicPart(string Tile, long Revision, string? Blob, DateTimeOffset? MadeAt);

/// <summary>A survey-wide image with the revision of each tile's pixels, so that only changed tiles are read.</summary>
internal sealed class MosaicCanvas(MapGeometry geometry)
{
    private readonly Dictionary<string, long> _revisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PixelRegion> _painted = new(StringComparer.Ordinal);

    /// <summary>NaN where no tile has data.</summary>
    public Map<double> Image { get; } = Blank(geometry);

    public string Unit { get; set; } = "";

    public long ByteSize => 8L * Image.Data.Length;

    /// <summary>Clears the pixels of tiles that are not among the parts.</summary>
    public void KeepOnly(IEnumerable<MosaicPart> parts)
    {
        var kept = parts.Select(part => part.Tile).ToHashSet(StringComparer.Ordinal);
        foreach (var (tile, region) in _painted.Where(item => !kept.Contains(item.Key)).ToArray())
        {
            for (var y = 0; y < region.Height; y++) Row(region, y).Fill(double.NaN);
            _painted.Remove(tile);
            _revisions.Remove(tile);
        }
    }

    public bool NeedsTile(MosaicPart part) => _revisions.GetValueOrDefault(part.Tile) != part.Revision;

    /// <summary>Paints a tile's own pixels.</summary>
    /// <param name="region">Where they are on the canvas.</param>
    /// <param name="pixels">Null: the tile has no map.</param>
    public void Paint(MosaicPart part, PixelRegion region, Map<double>? pixels)
    {
        for (var y = 0; y < region.Height; y++)
        {
            var row = Row(region, y);
            if (pixels is null) row.Fill(double.NaN);
            else pixels.Data.AsSpan(y * pixels.Geometry.Width, region.Width).CopyTo(row);
        }

        _revisions[part.Tile] = part.Revision;
        _painted[part.Tile] = region;
    }

    private Span<double> Row(PixelRegion region, int y) =>
        Image.Data.AsSpan((region.Y + y) * Image.Geometry.Width + region.X, region.Width);

    private static Map<double> Blank(MapGeometry geometry)
    {
        var image = new Map<double>(geometry);
        Array.Fill(image.Data, double.NaN);
        return image;
    }
}
