namespace TsMapSurvey.Sky.Regions;

/// <summary>A region of the sky with positions in ICRS degrees: the shapes of the parameter POS of SIA 2 and SODA.</summary>
public abstract class SkyRegion
{
    /// <summary>Side in pixels of the blocks that are skipped at once if they are far from the region.</summary>
    private const int Block = 64;

    /// <summary>Positions of the region from which it can be found even if it contains the centre of no pixel.</summary>
    public abstract IReadOnlyList<SkyPosition> Marks { get; }

    /// <summary>A circle around the region; null if the region is not inside a hemisphere.</summary>
    public abstract (SkyPosition Centre, double RadiusDeg)? Cap { get; }

    /// <summary>Whether the region contains a position, given in any frame. Borders belong to the region.</summary>
    public bool Contains(SkyPosition position)
    {
        var icrs = position.To(SkyFrame.Icrs);
        return ContainsIcrs(icrs with { LonDeg = Degrees.Wrap360(icrs.LonDeg) });
    }

    /// <summary>
    /// Whether the region shares pixels with an image: it contains the centre of one, or has a mark in the image. A sliver without either,
    /// which is narrower than a pixel, is not found.
    /// </summary>
    /// <param name="owned">The pixels that count; null: all of the image.</param>
    public bool Touches(SkyGrid image, OwnedRegion? owned = null)
    {
        var pixels = owned ?? new OwnedRegion(image.Region);
        if (!MayTouch(image)) return false;
        foreach (var mark in Marks)
            if (image.TryPixelOf(mark, out int x, out int y) && pixels.Shows(x + pixels.Box.X, y + pixels.Box.Y)) return true;
        foreach (var run in pixels.ShownRuns())
            for (var x = run.X; x < run.Right; x++)
                if (image.PixelCentre(x - pixels.Box.X, run.Y - pixels.Box.Y) is { } centre && Contains(centre)) return true;
        return false;
    }

    /// <summary>
    /// The smallest rectangle with every pixel whose centre is in the region, and with the pixels of the marks; empty if there is none.
    /// </summary>
    public PixelRegion PixelsOf(SkyGrid image)
    {
        var box = default(PixelRegion);
        foreach (var mark in Marks)
            if (image.TryPixelOf(mark, out int column, out int row)) box = box.Union(new PixelRegion(column, row, 1, 1));
        foreach (var block in FromOutside(image))
            if (!box.Contains(block) && MayTouch(image.Cutout(block))) box = box.Union(PixelsOf(image, block));
        return box;
    }

    /// <summary>The image in blocks, the outer ones first: if the region reaches them, the inner ones need no test.</summary>
    private static IEnumerable<PixelRegion> FromOutside(SkyGrid image)
    {
        var (columns, rows) = ((image.Width - 1) / Block + 1, (image.Height - 1) / Block + 1);
        return from y in Enumerable.Range(0, rows)
               from x in Enumerable.Range(0, columns)
               orderby Math.Min(Math.Min(x, columns - 1 - x), Math.Min(y, rows - 1 - y))
               select new PixelRegion(x * Block, y * Block, Block, Block).Intersect(image.Region);
    }

    private PixelRegion PixelsOf(SkyGrid image, PixelRegion block)
    {
        var box = default(PixelRegion);
        for (var y = block.Y; y < block.Bottom; y++)
            for (var x = block.X; x < block.Right; x++)
                if (!box.Contains(x, y) && image.PixelCentre(x, y) is { } centre && Contains(centre))
                    box = box.Union(new PixelRegion(x, y, 1, 1));
        return box;
    }

    protected abstract bool ContainsIcrs(SkyPosition position);

    /// <summary>False only if the circles around both are apart.</summary>
    private bool MayTouch(SkyGrid image) =>
        Cap is not { } own || image.BoundingCap() is not { } other
        || own.Centre.SeparationDeg(other.Centre) <= own.RadiusDeg + other.RadiusDeg;
}
