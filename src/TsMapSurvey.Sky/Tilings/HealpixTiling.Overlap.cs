namespace TsMapSurvey.Sky;

// The overlap of observations and tiles.
public sealed partial class HealpixTiling
{
    /// <summary>
    /// The tiles whose work grid shares a position with a footprint of any frame and projection. None is missed. A tile that the footprint
    /// misses by less than about a twentieth of a tile may be among them, where its stack is changed by nothing.
    /// </summary>
    public IEnumerable<TileId> Touching(SkyGrid footprint, int haloPixels)
    {
        Checked(haloPixels);
        var samples = FootprintSamples.Of(footprint, SideDeg(Order) / 16);
        if (samples.Positions.Count == 0) return [];
        var touched = new SortedSet<int>(samples.Positions.Select(position => (int)HealpixCell.Containing(position, Order).Index));
        // A work grid is connected with its cell, so that tiles further away are touched only beside touched ones.
        var (open, seen) = (new Queue<int>(touched), new HashSet<int>(touched));
        while (open.TryDequeue(out var index))
            foreach (var neighbour in new HealpixCell(Order, index).Neighbours())
            {
                var next = (int)neighbour.Index;
                if (!seen.Add(next) || !IsTouched(next, haloPixels, samples)) continue;
                touched.Add(next);
                open.Enqueue(next);
            }

        return touched.Select(index => _names[index]);
    }

    public string? ProblemWith(SkyGrid footprint) =>
        FootprintSamples.Of(footprint, SideDeg(Order)).Positions.Count == 0 ? SkyErrors.NoSkyAnywhere(footprint).Message : null;

    /// <summary>Never: each tile has a grid of its own.</summary>
    public bool IsAligned(SkyGrid image) => false;

    /// <summary>Whether a sample is in a tile's work grid, or so near to it that a position between samples may be.</summary>
    private bool IsTouched(int index, int haloPixels, FootprintSamples samples)
    {
        var grid = Image(index).Grid;
        var reach = haloPixels + 0.5 + StretchOfTan * samples.GapDeg / PixelScaleDeg;
        foreach (var position in samples.Positions)
            if (grid.Wcs.TrySkyToPixel(position.LonDeg, position.LatDeg, out var x, out var y)
                && x >= -reach && x <= grid.Width - 1 + reach && y >= -reach && y <= grid.Height - 1 + reach) return true;
        return false;
    }

    /// <summary>A TAN image at 30 degrees from its centre is stretched by 1 / cos² = 1.33.</summary>
    private const double StretchOfTan = 1.4;
}
