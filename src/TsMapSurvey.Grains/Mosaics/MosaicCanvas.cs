using TsMapSurvey.Contracts;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>A tile's part of a mosaic: which blob, of which revision; no blob where there is nothing to see.</summary>
/// <param name="MadeAt">When the tile's map was computed, or its stack committed.</param>
internal sealed record MosaicPart(string Tile, long Revision, string? Blob, PixelBox Owned, PixelBox Within, DateTimeOffset? MadeAt);

/// <summary>One survey-wide image in the making: knows of which revision each tile's pixels are, so that only changed ones are read.</summary>
internal sealed class MosaicCanvas(MapGeometry geometry)
{
    private readonly Dictionary<string, long> _revisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PixelBox> _painted = new(StringComparer.Ordinal);

    /// <summary>NaN where no tile has anything.</summary>
    public Map<double> Image { get; } = Blank(geometry);

    public string Unit { get; set; } = "";

    public long ByteSize => 8L * Image.Data.Length;

    /// <summary>Takes away the pixels of tiles that are not among the parts any more.</summary>
    public void KeepOnly(IEnumerable<MosaicPart> parts)
    {
        var kept = parts.Select(part => part.Tile).ToHashSet(StringComparer.Ordinal);
        foreach (var (tile, box) in _painted.Where(item => !kept.Contains(item.Key)).ToArray())
        {
            for (var y = 0; y < box.Height; y++) Row(box, y).Fill(double.NaN);
            _painted.Remove(tile);
            _revisions.Remove(tile);
        }
    }

    public bool NeedsTile(MosaicPart part) => _revisions.GetValueOrDefault(part.Tile) != part.Revision;

    /// <summary>Puts a tile's own pixels in their place.</summary>
    /// <param name="pixels">An image that holds them at <see cref="MosaicPart.Within"/>; null: nothing to see.</param>
    public void Paint(MosaicPart part, Map<double>? pixels)
    {
        for (var y = 0; y < part.Owned.Height; y++)
        {
            var row = Row(part.Owned, y);
            if (pixels is null) row.Fill(double.NaN);
            else pixels.Data.AsSpan((part.Within.Y + y) * pixels.Geometry.Width + part.Within.X, part.Within.Width).CopyTo(row);
        }

        _revisions[part.Tile] = part.Revision;
        _painted[part.Tile] = part.Owned;
    }

    private Span<double> Row(PixelBox box, int y) => Image.Data.AsSpan((box.Y + y) * Image.Geometry.Width + box.X, box.Width);

    private static Map<double> Blank(MapGeometry geometry)
    {
        var image = new Map<double>(geometry);
        Array.Fill(image.Data, double.NaN);
        return image;
    }
}
