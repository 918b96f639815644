using TsMapSurvey.Events.Responses;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>
/// The pixels of an image as seen from the pointing: their unit vectors along the pointing, to the east and to the north of it.
/// </summary>
internal sealed class FieldPixels
{
    private readonly double[] _offsetsDeg;
    private readonly double[] _east;
    private readonly double[] _north;
    private readonly double[] _towards;

    public FieldPixels(SkyGrid grid, SkyPosition pointing)
    {
        Grid = grid;
        var count = grid.Width * grid.Height;
        (_offsetsDeg, _east, _north, _towards) = (new double[count], new double[count], new double[count], new double[count]);
        var icrs = pointing.To(SkyFrame.Icrs);
        var (t, e, n) = (Vector(icrs, grid.Frame), Vector(icrs.DirectionalOffset(90, 90), grid.Frame),
            Vector(icrs.DirectionalOffset(0, 90), grid.Frame));
        // On most grids a column has one longitude and a row one latitude: their sines and cosines are kept.
        var (columns, row) = (new Angle[grid.Width], default(Angle));
        for (int y = 0, i = 0; y < grid.Height; y++)
            for (var x = 0; x < grid.Width; x++, i++)
            {
                if (!grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat))
                {
                    _offsetsDeg[i] = _east[i] = _north[i] = _towards[i] = double.NaN;
                    continue;
                }

                if (columns[x].Deg != lon || y == 0) columns[x] = Angle.Of(lon);
                if (row.Deg != lat || i == 0) row = Angle.Of(lat);
                var pixel = Vector(columns[x], row);
                (_towards[i], _east[i], _north[i]) = (Dot(pixel, t), Dot(pixel, e), Dot(pixel, n));
                _offsetsDeg[i] = AngleDeg(Math.Sqrt(_east[i] * _east[i] + _north[i] * _north[i]), _towards[i]);
            }
    }

    private FieldPixels(SkyGrid grid)
    {
        Grid = grid;
        var count = grid.Width * grid.Height;
        (_offsetsDeg, _east, _north, _towards) = (new double[count], new double[count], new double[count], new double[count]);
        foreach (var values in new[] { _offsetsDeg, _east, _north, _towards }) Array.Fill(values, double.NaN);
    }

    public SkyGrid Grid { get; }

    /// <summary>
    /// The same pixels on an image that is aligned with this one: this image's pixel (x, y) is the other's (x + dx, y + dy). NaN outside of
    /// this image.
    /// </summary>
    public FieldPixels Moved(SkyGrid image, int dx, int dy)
    {
        var moved = new FieldPixels(image);
        Copy(_offsetsDeg, moved._offsetsDeg, image, dx, dy);
        Copy(_east, moved._east, image, dx, dy);
        Copy(_north, moved._north, image, dx, dy);
        Copy(_towards, moved._towards, image, dx, dy);
        return moved;
    }

    /// <summary>Copies the pixels of a plane on this image that an aligned image has.</summary>
    public void Copy(ReadOnlySpan<double> plane, Span<double> to, SkyGrid image, int dx, int dy)
    {
        var (left, right) = (Math.Max(0, -dx), Math.Min(Grid.Width, image.Width - dx));
        if (left >= right) return;
        for (var y = Math.Max(0, -dy); y < Math.Min(Grid.Height, image.Height - dy); y++)
            plane.Slice(y * Grid.Width + left, right - left).CopyTo(to[((y + dy) * image.Width + left + dx)..]);
    }

    /// <summary>Angles from the pointing in degrees; NaN for pixels without a sky position.</summary>
    public ReadOnlySpan<double> OffsetsDeg => _offsetsDeg;

    /// <summary>A pixel in field coordinates.</summary>
    /// <param name="zenithAngleDeg">For altitude and azimuth: the direction to the zenith, from north through east.</param>
    public FieldPoint Point(int pixel, FieldAlignment alignment, double zenithAngleDeg)
    {
        if (alignment == FieldAlignment.Round) return new FieldPoint(_offsetsDeg[pixel], 0, 0);
        var (east, north, towards) = (_east[pixel], _north[pixel], _towards[pixel]);
        var (lon, lat) = alignment switch
        {
            FieldAlignment.RaDec => (-east, north),
            FieldAlignment.ReversedRaDec => (east, north),
            // To the north of the zenith east and west change sides: azimuth grows clockwise as seen from the ground.
            _ => Rotated(east, north, double.DegreesToRadians(zenithAngleDeg)),
        };
        return new FieldPoint(
            _offsetsDeg[pixel],
            AngleDeg(lon, towards),
            AngleDeg(lat, Math.Sqrt(towards * towards + lon * lon)));
    }

    /// <summary>The angle of (x, y) from the x axis; Atan takes half as long as Atan2.</summary>
    private static double AngleDeg(double y, double x) => double.RadiansToDegrees(x > 0 ? Math.Atan(y / x) : Math.Atan2(y, x));

    private static (double Lon, double Lat) Rotated(double east, double north, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return (east * cos - north * sin, north * cos + east * sin);
    }

    private static (double X, double Y, double Z) Vector(SkyPosition position, SkyFrame frame)
    {
        var inFrame = position.To(frame);
        return Vector(Angle.Of(inFrame.LonDeg), Angle.Of(inFrame.LatDeg));
    }

    private static (double X, double Y, double Z) Vector(Angle lon, Angle lat) => (lat.Cos * lon.Cos, lat.Cos * lon.Sin, lat.Sin);

    private static double Dot((double X, double Y, double Z) a, (double X, double Y, double Z) b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    private readonly record struct Angle(double Deg, double Sin, double Cos)
    {
        public static Angle Of(double degrees)
        {
            var (sin, cos) = Math.SinCos(double.DegreesToRadians(degrees));
            return new Angle(degrees, sin, cos);
        }
    }
}
