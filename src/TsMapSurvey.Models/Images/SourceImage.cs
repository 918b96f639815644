using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Images;

/// <summary>The integral of a spatial model over each pixel (gammapy's SpatialModel.integrate_geom).</summary>
public static class SourceImage
{
    /// <summary>MAX_OVERSAMPLING of gammapy's spatial models.</summary>
    private const int MaxOversampling = 200;

    /// <summary>
    /// Limit of sub-pixels along a side of the image, for shapes whose bin size is close to zero (a disk with edge_width 1).
    /// </summary>
    private const int MaxSubPixels = 4000;

    /// <summary>Rounding error of a pixel coordinate. A source closer than this to a pixel's centre is placed on the centre.</summary>
    private const double RoundingPixels = 1e-9;

    /// <param name="frame">The frame whose north the position angle of an elongated source is measured from.</param>
    /// <param name="grid">The pixels of the image.</param>
    /// <param name="position">The source's position, which may be outside the grid.</param>
    /// <param name="energyTeV">True energy; needed only for a shape that depends on it.</param>
    /// <returns>One dimensionless value per pixel, row by row; in cm⁻² s⁻¹ TeV⁻¹ for a template whose values are a flux.</returns>
    public static double[] Create(ISpatialModel model, SkyFrame frame, SkyGrid grid, SkyPosition position, double energyTeV = double.NaN)
    {
        var image = new double[grid.Width * grid.Height];
        switch (model)
        {
            case ISourceShape shape:
                AddShape(shape, position.To(frame), grid, image);
                break;
            case TemplateSource template:
                for (var i = 0; i < image.Length; i++)
                    if (grid.PixelCentre(i % grid.Width, i / grid.Width) is { } centre
                        && template.DensityPerSr(centre, position, energyTeV) is > 0 and var density)
                        image[i] = density * SolidAngleSr(grid, i % grid.Width, i / grid.Width);
                break;
            case ConstantSource constant:
                for (var i = 0; i < image.Length; i++) image[i] = constant.PerSr * SolidAngleSr(grid, i % grid.Width, i / grid.Width);
                break;
            case NoSpatialModel:
                Array.Fill(image, 1);
                break;
            default:
                AddPoint(grid, position, image);
                break;
        }

        return image;
    }

    /// <summary>Distributes the point bilinearly over the four nearest pixels, which keeps its centroid.</summary>
    private static void AddPoint(SkyGrid grid, SkyPosition position, double[] image)
    {
        if (!grid.TryPixelOf(position, out double x, out double y)) return;
        (x, y) = (Snap(x), Snap(y));
        var (left, low) = ((int)Math.Floor(x), (int)Math.Floor(y));
        for (var j = low; j <= low + 1; j++)
            for (var i = left; i <= left + 1; i++)
                if (grid.Region.Contains(i, j)) image[j * grid.Width + i] += (1 - Math.Abs(x - i)) * (1 - Math.Abs(y - j));
    }

    /// <summary>
    /// If the shape needs sub-pixels, they are summed inside gammapy's cutout, and pixels outside it stay zero. Otherwise every pixel has
    /// the value at its centre.
    /// </summary>
    private static void AddShape(ISourceShape shape, SkyPosition position, SkyGrid grid, double[] image)
    {
        var region = Cutout(grid, position, 2 * Math.Max(shape.EvaluationRadiusDeg, grid.PixelScaleDeg));
        var oversampling = region.IsEmpty ? 1 : Oversampling(shape, grid.PixelScaleDeg, Math.Max(region.Width, region.Height));
        if (oversampling == 1) region = grid.Region;
        var offsets = new SkyOffsets(grid, region, position);
        var (east, north) = (new double[region.Width * oversampling], new double[region.Width * oversampling]);
        var sums = new double[region.Width];
        for (var y = 0; y < region.Height; y++)
        {
            Array.Clear(sums);
            for (var fine = y * oversampling; fine < (y + 1) * oversampling; fine++)
            {
                offsets.Row(fine, oversampling, east, north);
                for (var x = 0; x < sums.Length; x++)
                    for (var i = x * oversampling; i < (x + 1) * oversampling; i++) sums[x] += shape.DensityPerSr(east[i], north[i]);
            }

            for (var x = 0; x < sums.Length; x++)
                if (sums[x] > 0)
                    image[(region.Y + y) * grid.Width + region.X + x] =
                        sums[x] / (oversampling * oversampling) * SolidAngleSr(grid, region.X + x, region.Y + y);
        }
    }

    /// <summary>Zero if a corner of the pixel is outside the projected sky; such pixels get no flux.</summary>
    private static double SolidAngleSr(SkyGrid grid, int x, int y) =>
        grid.SolidAngleSr(x, y) is var angle && double.IsNaN(angle) ? 0 : angle;

    private static int Oversampling(ISourceShape shape, double pixelDeg, int side)
    {
        if (shape.BinSizeDeg is not { } bin) return 1;
        var wanted = bin > 0 ? (int)Math.Min(Math.Ceiling(pixelDeg / bin), MaxOversampling) : MaxOversampling;
        return Math.Max(1, Math.Min(wanted, MaxSubPixels / side));
    }

    /// <summary>
    /// The pixels of gammapy's Geom.cutout. The width in pixels is rounded half to even; an even square extends one pixel less to the right
    /// and up than to the left and down. (If the model's frame is not the map's, gammapy's rounding may extend it less to the left and
    /// down, and a disk loses its outermost pixels there.)
    /// </summary>
    private static PixelRegion Cutout(SkyGrid grid, SkyPosition position, double widthDeg)
    {
        if (!grid.TryPixelOf(position, out double x, out double y)) return default;
        var side = (int)Math.Min(Math.Round(Math.Max(widthDeg / grid.PixelScaleDeg, 1), MidpointRounding.ToEven), MaxCutoutSide);
        return new PixelRegion(First(x, side), First(y, side), side, side).Intersect(grid.Region);
    }

    private const int MaxCutoutSide = 1 << 20;

    private static int First(double pixel, int side) => (int)Math.Ceiling(Snap(pixel) - side / 2.0);

    private static double Snap(double pixel) => Math.Abs(pixel - Math.Round(pixel)) < RoundingPixels ? Math.Round(pixel) : pixel;
}
