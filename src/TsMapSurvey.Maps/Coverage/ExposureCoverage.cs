using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Coverage;

/// <summary>
/// The region in which a dataset has exposure. A cell of the coverage's order belongs to it if the pixel that contains the cell's centre
/// has an exposure above zero at any energy, so that each cell belongs to the one tile that owns that pixel, or
/// on the border of tiles with pixels of their own to both.
/// </summary>
public static class ExposureCoverage
{
    /// <summary>The side of a cell of order 0 in degrees: the square root of a twelfth of the sphere.</summary>
    private const double BaseSideDeg = 58.6323;

    /// <summary>Cells up to this number of pixels wide are compared with the rectangle of pixels around them.</summary>
    private const int FewPixels = 16;

    /// <summary>The coarsest order whose cells are not wider than a pixel.</summary>
    public static int OrderFor(double pixelScaleDeg) =>
        Math.Clamp((int)Math.Ceiling(Math.Log2(BaseSideDeg / pixelScaleDeg)), 0, HealpixCell.DeepestOrder);

    /// <summary>Of the pixels that a tile shows: between tiles with pixels of their own, no cell is in neither.</summary>
    /// <param name="stack">On the tile's work grid.</param>
    /// <param name="owned">On the same grid.</param>
    public static Moc OfStack(MapDataset stack, OwnedRegion owned, int order)
    {
        var grid = stack.Grid;
        var image = new bool[grid.Region.Area];
        if (stack.Exposure is { } exposure)
            foreach (var run in owned.ShownRuns()) MarkPositive(exposure, image, run.Y * grid.Width + run.X, run.Width);
        return OfImage(grid, image, order);
    }

    /// <summary>
    /// Cells that together contain all pixels that an observation adds to stacks: those that are safe at any energy. Orders coarser than
    /// <see cref="OrderFor"/> are quick.
    /// </summary>
    public static Moc Containing(MapDataset observation, int order)
    {
        var image = new bool[observation.Grid.Region.Area];
        if (observation.Exposure is { } exposure)
        {
            for (var row = 0; row < image.Length; row += observation.Grid.Width) MarkPositive(exposure, image, row, observation.Grid.Width);
            MaskedRow.And(image, ImageMask.Of(observation).Image);
        }

        return Of(observation.Grid, image, order, (_, _) => CellShare.All);
    }

    /// <summary>The cells whose centres are in marked pixels of an image.</summary>
    public static Moc OfImage(SkyGrid grid, bool[] image, int order) => Of(grid, image, order, (cell, marked) =>
        marked.Grid.TryPixelOf(cell.Centre, out int x, out int y) && marked.Image[y * grid.Width + x] ? CellShare.All : CellShare.None);

    /// <param name="atOrder">Decides about the finest cells that may have both marked and other pixels.</param>
    private static Moc Of(SkyGrid grid, bool[] image, int order, Func<HealpixCell, MarkedPixels, CellShare> atOrder)
    {
        if (Cap.Around(grid, image) is not { } cap) return Moc.Empty(order);
        var (marked, fewPixels) = (new MarkedPixels(grid, image), OrderFor(FewPixels * grid.PixelScaleDeg));
        return Moc.Where(order, cell =>
        {
            if (cell.Centre.SeparationDeg(cap.Centre) > cap.RadiusDeg + Moc.CellRadiusDeg(cell.Order)) return CellShare.None;
            if (cell.Order >= fewPixels && marked.BoxOf(cell) is { } box)
            {
                var count = marked.Count(box);
                if (count == 0) return CellShare.None;
                if (count == box.Area) return CellShare.All;
            }

            return cell.Order == order ? atOrder(cell, marked) : CellShare.Some;
        });
    }

    private static void MarkPositive(Map<double> exposure, bool[] image, int start, int count)
    {
        for (var plane = 0; plane < exposure.Geometry.PlaneCount; plane++)
        {
            var values = exposure.Plane(plane).Slice(start, count);
            for (var i = 0; i < count; i++) image[start + i] |= values[i] is > 0 and <= double.MaxValue;
        }
    }

    /// <summary>A circle around all marked pixels.</summary>
    private sealed record Cap(SkyPosition Centre, double RadiusDeg)
    {
        /// <summary>Null if no pixel is marked.</summary>
        public static Cap? Around(SkyGrid grid, bool[] image)
        {
            if (Box(grid, image) is not { } box) return null;
            var middle = grid.PixelCentre(box.X + box.Width / 2, box.Y + box.Height / 2);
            // The middle of the box may be off the sky in an all-sky image.
            if (middle?.To(SkyFrame.Icrs) is not { } centre) return new Cap(new SkyPosition(0, 0, SkyFrame.Icrs), 180);
            var farthest = 0.0;
            for (var y = box.Y; y < box.Bottom; y++)
                for (var x = box.X; x < box.Right; x++)
                    if (image[y * grid.Width + x] && grid.PixelCentre(x, y) is { } pixel)
                        farthest = Math.Max(farthest, pixel.SeparationDeg(centre));
            return new Cap(centre, farthest + 2 * grid.PixelScaleDeg);
        }

        private static PixelRegion? Box(SkyGrid grid, bool[] image)
        {
            var box = default(PixelRegion);
            for (var y = 0; y < grid.Height; y++)
            {
                var row = image.AsSpan(y * grid.Width, grid.Width);
                if (row.IndexOf(true) is var first and >= 0)
                    box = box.Union(new PixelRegion(first, y, row.LastIndexOf(true) - first + 1, 1));
            }

            return box.IsEmpty ? null : box;
        }
    }
}
