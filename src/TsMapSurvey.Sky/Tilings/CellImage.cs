namespace TsMapSurvey.Sky;

/// <summary>
/// The image of a HEALPix cell: TAN at the cell's centre, turned by 45 degrees so that the cell's sides run roughly along rows and columns,
/// with the centre in the middle of a pixel. It contains the whole cell and <see cref="Margin"/> pixels more on all sides, so that peaks on
/// the border have neighbours and positions are fitted as elsewhere. Immutable.
/// </summary>
internal sealed class CellImage
{
    /// <summary>Pixels around the cell, of which two may be shown and the third is beyond the reach of a peak's square.</summary>
    public const int Margin = 3;

    /// <summary>Samples along a side for its extent. Between two of them, the side of an order-2 cell bends by less than 0.01 of a
    /// step.</summary>
    private const int SamplesPerSide = 64;

    private readonly HealpixCell _cell;
    private readonly Lazy<OwnedRegion> _owned;

    public CellImage(HealpixCell cell, double pixelSizeDeg)
    {
        _cell = cell;
        var wcs = Wcs.CreateTurned(SkyFrame.Icrs, Projection.Tan, cell.Centre, 45, pixelSizeDeg);
        var (left, right, bottom, top) = (0.0, 0.0, 0.0, 0.0);
        foreach (var position in cell.Border(SamplesPerSide))
        {
            wcs.TrySkyToPixel(position.LonDeg, position.LatDeg, out var x, out var y);
            (left, right, bottom, top) = (Math.Min(left, x), Math.Max(right, x), Math.Min(bottom, y), Math.Max(top, y));
        }

        var (x0, y0) = ((int)Math.Round(left) - Margin, (int)Math.Round(bottom) - Margin);
        Grid = new SkyGrid(wcs.Cutout(x0, y0), (int)Math.Round(right) + Margin - x0 + 1, (int)Math.Round(top) + Margin - y0 + 1);
        _owned = new Lazy<OwnedRegion>(FindOwned);
    }

    public SkyGrid Grid { get; }

    /// <summary>In the coordinates of <see cref="Grid"/>.</summary>
    public OwnedRegion Owned => _owned.Value;

    private OwnedRegion FindOwned()
    {
        var (mask, width) = (new bool[Grid.Region.Area], Grid.Width);
        for (var y = 0; y < Grid.Height; y++)
            for (var x = 0; x < width; x++)
                mask[y * width + x] = Grid.PixelCentre(x, y) is { } centre && HealpixCell.Containing(centre, _cell.Order) == _cell;
        return new OwnedRegion(Grid.Region, mask, FindShown(mask));
    }

    /// <summary>
    /// Every pixel with a position in the cell: its centre is in the cell, or the cell's border crosses it. The border is sampled twice in
    /// a pixel, so that each crossed pixel has a sample or is next to a pixel that has one; all neighbours are included.
    /// </summary>
    private bool[] FindShown(bool[] mask)
    {
        var (marked, width) = ((bool[])mask.Clone(), Grid.Width);
        foreach (var position in _cell.Border(2 * (Grid.Width + Grid.Height)))
            if (Grid.TryPixelOf(position, out int x, out int y)) marked[y * width + x] = true;
        var shown = new bool[marked.Length];
        for (var y = 1; y < Grid.Height - 1; y++)
            for (var x = 1; x < width - 1; x++)
                for (var row = y - 1; row <= y + 1 && !shown[y * width + x]; row++)
                    shown[y * width + x] = marked.AsSpan(row * width + x - 1, 3).Contains(true);
        return shown;
    }
}
