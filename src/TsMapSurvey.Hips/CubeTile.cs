using System.Diagnostics;

namespace TsMapSurvey.Hips;

/// <summary>The pixels of tiles of a HiPS cube: planes from the lowest frequency, each as rows from the bottom.</summary>
public static class CubeTile
{
    private const int Half = CubeGrid.Width / 2;

    /// <summary>A tile of the deepest order: each pixel has the values at the position of its centre, NaN where there is none.</summary>
    /// <param name="images">With one plane for each of <see cref="CubeGrid.Cells"/>.</param>
    public static float[] Sample(CubeGrid grid, CubeCell cell, OwnedImages images, CancellationToken cancellationToken)
    {
        const double step = 1.0 / CubeGrid.Width;
        var pixels = grid.Blank();
        var values = new double[grid.Cells.Count];
        var (from, to) = PlanesWithData(grid, cell);
        var bin = (int)(grid.FirstPlane(cell) - grid.Cells.First);
        for (var x = 0; x < CubeGrid.Width; x++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var y = 0; y < CubeGrid.Width; y++)
            {
                images.At(cell.Space.PositionAt((x + 0.5) * step, (y + 0.5) * step), values);
                for (var plane = from; plane < to; plane++) pixels[CubeGrid.Offset(plane, x, y)] = (float)values[bin + plane];
            }
        }

        return pixels;
    }

    /// <summary>Adds a tile of the next order to a tile that is made of up to eight such.</summary>
    /// <param name="pixels">Of the parent, <see cref="CubeGrid.Blank"/> before the first child.</param>
    /// <param name="reduction">A sum or the largest value, of which it does not matter how the values are grouped.</param>
    public static void Add(
        Span<float> pixels, CubeGrid grid, CubeCell parent, CubeCell child, ReadOnlySpan<float> childPixels, HipsReduction reduction)
    {
        Debug.Assert(reduction is HipsReduction.Sum or HipsReduction.Max, "a mean depends on the grouping");
        Debug.Assert(child.Space.Parent == parent.Space, "a child on the sky");
        var number = (int)(child.Space.Index & 3);
        var (bottom, left, inOne) = (Half * (1 - (number & 1)), Half * (number >> 1), grid.FrequenciesInOne(parent.Space.Order));
        for (var plane = 0; plane < grid.Depth; plane++)
        {
            var target = (grid.FirstPlane(child) + plane) / inOne - grid.FirstPlane(parent);
            if (target < 0 || target >= grid.Depth) continue;
            var halved = TileReduction.Halve(childPixels.Slice(plane * CubeGrid.PlaneSize, CubeGrid.PlaneSize), CubeGrid.Width, reduction);
            for (var row = 0; row < Half; row++)
            {
                var own = pixels.Slice((int)target * CubeGrid.PlaneSize + (bottom + row) * CubeGrid.Width + left, Half);
                for (var column = 0; column < Half; column++)
                    own[column] = Together(own[column], halved[row * Half + column], reduction);
            }
        }
    }

    /// <summary>The tiles of the next order that may be parts of a tile.</summary>
    public static IEnumerable<CubeCell> ChildrenOf(CubeGrid grid, CubeCell parent)
    {
        var (below, inOne) = (grid.TilesOf(parent.Space.Order + 1), grid.FrequenciesInOne(parent.Space.Order));
        var (first, end) = (parent.FrequencyIndex * inOne, (parent.FrequencyIndex + 1) * inOne);
        for (var number = 0; number < 4; number++)
            for (var index = Math.Max(first, below.First); index < Math.Min(end, below.End); index++)
                yield return new CubeCell(parent.Space.Child(number), below.Order, index);
    }

    /// <summary>The planes of a tile of the deepest order that have frequency cells of the cube, the end excluded.</summary>
    private static (int From, int To) PlanesWithData(CubeGrid grid, CubeCell cell) =>
        ((int)Math.Max(0, grid.Cells.First - grid.FirstPlane(cell)), (int)Math.Min(grid.Depth, grid.Cells.End - grid.FirstPlane(cell)));

    private static float Together(float a, float b, HipsReduction reduction) =>
        float.IsNaN(a) ? b : float.IsNaN(b) ? a : reduction == HipsReduction.Sum ? a + b : Math.Max(a, b);
}
