using System.Diagnostics;

namespace TsMapSurvey.Sky;

// The solid angle of a pixel by gammapy's formula (maps/wcs/geom.py, WcsGeom.solid_angle), so that backgrounds and sources agree with
// gammapy: two planar triangles from the great-circle distances and position angles of the four corners.
//   low_left  = a: (x - 1/2, y - 1/2)     low_right = b: (x - 1/2, y + 1/2)
//   up_left   = c: (x + 1/2, y - 1/2)     up_right  = d: (x + 1/2, y + 1/2)
//   area = |ab| |bd| sin(PA(b, d) - PA(b, a)) / 2 + |cd| |ac| sin(PA(c, d) - PA(a, c)) / 2
// As in gammapy, the second angle uses the side ac at a, not at c. The difference vanishes with the pixel size.
public sealed partial record SkyGrid
{
    /// <summary>The solid angle of a pixel in steradian; NaN if a corner has no sky position. The pixel may be outside the image.</summary>
    public double SolidAngleSr(int x, int y)
    {
        if (!TryCorner(x - 0.5, y - 0.5, out var a) || !TryCorner(x - 0.5, y + 0.5, out var b)
            || !TryCorner(x + 0.5, y - 0.5, out var c) || !TryCorner(x + 0.5, y + 0.5, out var d)) return double.NaN;
        var angleAtB = b.PositionAngleDeg(d) - b.PositionAngleDeg(a);
        var angleAtC = c.PositionAngleDeg(d) - a.PositionAngleDeg(c);
        var areaDeg2 = 0.5 * a.SeparationDeg(b) * b.SeparationDeg(d) * Degrees.Sin(angleAtB)
            + 0.5 * c.SeparationDeg(d) * a.SeparationDeg(c) * Degrees.Sin(angleAtC);
        return Math.Abs(areaDeg2) / (Degrees.PerRadian * Degrees.PerRadian);
    }

    /// <summary>The solid angles of all pixels in steradian, row by row. The destination must have Width * Height elements.</summary>
    public void SolidAnglesSr(Span<double> destination)
    {
        Debug.Assert(destination.Length == Width * Height, "one element for each pixel");
        for (var y = 0; y < Height; y++)
        {
            var row = destination.Slice(y * Width, Width);
            if (Wcs.RowsAreParallels)
                row.Fill(SolidAngleSr(0, y));
            else
                for (var x = 0; x < Width; x++) row[x] = SolidAngleSr(x, y);
        }
    }

    private bool TryCorner(double x, double y, out SkyPosition corner)
    {
        var found = Wcs.TryPixelToSky(x, y, out var lon, out var lat);
        corner = new SkyPosition(lon, lat, Frame);
        return found;
    }
}
