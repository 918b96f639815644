using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Healpix;

/// <summary>Values on HEALPix cells of one order, for all cells of the sky or for some, in planes of non-spatial axes.</summary>
/// <param name="Order">0 to <see cref="HealpixCell.DeepestOrder"/>; nside is 2^Order.</param>
/// <param name="Frame">The frame whose poles are those of the cells.</param>
/// <param name="Cells">The nested indices of the cells, increasing; null: all cells of the sky.</param>
/// <param name="Data">Plane by plane; each has a value for each cell in the order of <paramref name="Cells"/>.</param>
/// <param name="Unit">In FITS syntax; empty for counts.</param>
public sealed record HealpixMap(int Order, SkyFrame Frame, IReadOnlyList<MapAxis> Axes, long[]? Cells, double[] Data, string Unit)
{
    /// <summary>A projection of the sky in the plane needs images of this many values at most, over all planes.</summary>
    private const double MostValues = 1 << 25;

    /// <summary>The width of the ellipse of AIT, in degrees at its centre.</summary>
    private const double AllSkyDeg = 324.1;

    private const double BaseSideDeg = 58.6323;
    private const double FinestDeg = 0.25;

    public int PlaneCount { get; } = Axes.Aggregate(1, (product, axis) => checked(product * axis.BinCount));

    public long CellsPerPlane => Cells?.LongLength ?? HealpixCell.Count(Order);

    public ReadOnlySpan<double> Plane(int plane) => Data.AsSpan(checked((int)(plane * CellsPerPlane)), checked((int)CellsPerPlane));

    /// <summary>The place in a plane of the cell that contains a position in any frame; -1 if the map does not have it.</summary>
    public int IndexOf(SkyPosition position)
    {
        var inFrame = position.To(Frame);
        return IndexOf(HealpixCell.Containing(new SkyPosition(inFrame.LonDeg, inFrame.LatDeg, SkyFrame.Icrs), Order).Index);
    }

    /// <summary>The place in a plane of a nested cell; -1 if the map does not have it.</summary>
    public int IndexOf(long nested)
    {
        if (Cells is null) return (int)nested;
        var found = Array.BinarySearch(Cells, nested);
        return found < 0 ? -1 : found;
    }

    /// <summary>
    /// The bilinear interpolation of all planes at a position, between the four cells around it. Cells that the map does not have take no
    /// part; NaN if it has none of them.
    /// </summary>
    public void Interpolate(SkyPosition position, Span<double> values)
    {
        var inFrame = position.To(Frame);
        Span<long> rings = stackalloc long[4];
        Span<double> weights = stackalloc double[4];
        Span<int> places = stackalloc int[4];
        new RingInterpolation(Order).Weigh(inFrame.LonDeg, inFrame.LatDeg, rings, weights);
        var sum = 0.0;
        for (var i = 0; i < 4; i++)
        {
            places[i] = IndexOf(RingNumbering.ToCell(Order, rings[i]).Index);
            if (places[i] >= 0) sum += weights[i];
        }

        for (var plane = 0; plane < PlaneCount; plane++)
        {
            var cells = Plane(plane);
            var value = 0.0;
            for (var i = 0; i < 4; i++)
                if (places[i] >= 0 && weights[i] > 0) value += weights[i] * cells[places[i]];
            values[plane] = sum > 0 ? value / sum : double.NaN;
        }
    }

    /// <summary>
    /// An image with the value of the cell that contains each pixel's centre; NaN off the sky and where the map has no cell.
    /// </summary>
    public Map<double> SampledOn(SkyGrid image) => Sampled(image, (position, values) =>
    {
        var place = IndexOf(position);
        for (var plane = 0; plane < values.Length; plane++) values[plane] = place < 0 ? double.NaN : Plane(plane)[place];
    });

    /// <summary>An image of a map that varies smoothly, such as an exposure: interpolated at each pixel's centre.</summary>
    public Map<double> InterpolatedOn(SkyGrid image) => Sampled(image, Interpolate);

    /// <summary>The whole sky in AIT, in the map's frame, with pixels as wide as the cells within limits of memory.</summary>
    public SkyGrid AllSkyImage()
    {
        var pixelDeg = Math.Max(BaseSideDeg / (1 << Order) / 2, Math.Max(FinestDeg, AllSkyDeg * Math.Sqrt(0.5 * PlaneCount / MostValues)));
        var (width, height) = ((int)Math.Ceiling(AllSkyDeg / pixelDeg), (int)Math.Ceiling(AllSkyDeg / 2 / pixelDeg));
        return new SkyGrid(Wcs.Create(Frame, Projection.Ait, new SkyPosition(0, 0, Frame), (width + 1) / 2.0, (height + 1) / 2.0, -pixelDeg,
            pixelDeg), width, height);
    }

    private delegate void Sampler(SkyPosition position, Span<double> values);

    private Map<double> Sampled(SkyGrid image, Sampler sample)
    {
        var map = new Map<double>(new MapGeometry(image, [.. Axes]), Unit);
        var values = new double[PlaneCount];
        for (var pixel = 0; pixel < map.Geometry.PlaneLength; pixel++)
        {
            if (image.PixelCentre(pixel % image.Width, pixel / image.Width) is { } centre) sample(centre, values);
            else Array.Fill(values, double.NaN);
            for (var plane = 0; plane < values.Length; plane++) map.Data[plane * map.Geometry.PlaneLength + pixel] = values[plane];
        }

        return map;
    }
}
