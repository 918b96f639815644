using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Images;

/// <summary>
/// Offsets of the sub-pixels of a region from a position: east = r sin p and north = r cos p for separation r and position angle p in the
/// position's frame. Spherical trigonometry is evaluated at every fourth pixel and interpolated by parabolas. East and north are smooth
/// in the pixel coordinates, so the error is about (4 pixels)³ times their third derivative / 15, below 1e-5 of a pixel of 0.1 degrees.
/// Near a pole or antipode, where they are not smooth, and for pixels larger than a degree, every sub-pixel is computed exactly.
/// </summary>
public sealed class SkyOffsets
{
    private const double MaxSmoothDeg = 120;

    private readonly SkyGrid _grid;
    private readonly PixelRegion _region;
    private readonly SkyPosition _origin;
    private readonly int _step;
    private readonly int _columns;
    private readonly double[] _east;
    private readonly double[] _north;
    private readonly bool _exact;

    /// <param name="grid">A pixel grid in any frame.</param>
    /// <param name="region">Pixels of the grid.</param>
    /// <param name="origin">The position; its frame defines the direction of north.</param>
    public SkyOffsets(SkyGrid grid, PixelRegion region, SkyPosition origin)
    {
        (_grid, _region, _origin, _exact) = (grid, region, origin, grid.PixelScaleDeg > 1);
        _step = Math.Clamp((int)(1 / grid.PixelScaleDeg), 1, 4);
        _columns = Nodes(region.Width);
        var rows = Nodes(region.Height);
        (_east, _north) = (new double[_columns * rows], new double[_columns * rows]);
        for (var j = 0; j < rows; j++)
            for (var i = 0; i < _columns; i++)
            {
                var separation = Offset(
                    region.X - 0.5 + i * _step, region.Y - 0.5 + j * _step, out _east[j * _columns + i], out _north[j * _columns + i]);
                if (!(separation < MaxSmoothDeg)) _exact = true;
            }
    }

    /// <summary>Writes the offsets of a row of sub-pixels, in degrees; NaN where there is no sky.</summary>
    /// <param name="fineRow">Row of sub-pixels, counted from the region's lower edge.</param>
    /// <param name="oversampling">Sub-pixels along each side of a pixel.</param>
    public void Row(int fineRow, int oversampling, Span<double> eastDeg, Span<double> northDeg)
    {
        var y = (fineRow + 0.5) / oversampling;
        if (_exact)
        {
            for (var i = 0; i < eastDeg.Length; i++) Offset(
                _region.X - 0.5 + (i + 0.5) / oversampling, _region.Y - 0.5 + y, out eastDeg[i], out northDeg[i]);
            return;
        }

        var (row, t) = Cell(y);
        var (w0, w1, w2) = Parabola(t);
        Span<double> east = stackalloc double[3], north = stackalloc double[3];
        var cell = -1;
        for (var i = 0; i < eastDeg.Length; i++)
        {
            var (column, s) = Cell((i + 0.5) / oversampling);
            if (column != cell)
            {
                cell = column;
                for (var c = 0; c < 3; c++)
                {
                    var at = row * _columns + column + c;
                    east[c] = w0 * _east[at] + w1 * _east[at + _columns] + w2 * _east[at + 2 * _columns];
                    north[c] = w0 * _north[at] + w1 * _north[at + _columns] + w2 * _north[at + 2 * _columns];
                }
            }

            var (v0, v1, v2) = Parabola(s);
            eastDeg[i] = v0 * east[0] + v1 * east[1] + v2 * east[2];
            northDeg[i] = v0 * north[0] + v1 * north[1] + v2 * north[2];
        }
    }

    private static (double W0, double W1, double W2) Parabola(double t) => ((t - 1) * (t - 2) / 2, t * (2 - t), t * (t - 1) / 2);

    private int Nodes(int pixels) => 2 * ((pixels + 2 * _step - 1) / (2 * _step)) + 1;

    /// <summary>The first of the three nodes around a pixel coordinate, and the distance from it in steps, 0 to 2.</summary>
    private (int Node, double Distance) Cell(double pixels)
    {
        var cell = (int)(pixels / (2 * _step));
        return (2 * cell, pixels / _step - 2 * cell);
    }

    private double Offset(double x, double y, out double eastDeg, out double northDeg)
    {
        if (!_grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat)) return eastDeg = northDeg = double.NaN;
        var here = new SkyPosition(lon, lat, _grid.Frame).To(_origin.Frame);
        var separation = _origin.SeparationDeg(here);
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(_origin.PositionAngleDeg(here)));
        (eastDeg, northDeg) = (separation * sin, separation * cos);
        return separation;
    }
}
