using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Images;

/// <summary>
/// Radially symmetric images around a position where the projection has no distortion. If the position is a pixel's centre, the image
/// has the same value at p and -p for every projection and rotation, so only half of it is computed.
/// </summary>
/// <param name="half">The square has 2 half + 1 pixels along a side.</param>
/// <param name="oversampling">Sub-pixels along the side of a pixel.</param>
/// <param name="offset">Offset of the position from the middle pixel's centre along x and y, in pixels.</param>
public sealed class RadialImage(SkyGrid image, SkyPosition centre, int half, int oversampling, (double X, double Y) offset)
{
    private readonly bool _isSymmetric = offset == default;

    /// <summary>The lowest computed row, counted from the middle row.</summary>
    private readonly int _firstRow = offset == default ? 0 : -half;

    private readonly double[] _separationsDeg = Separations(image, centre, half, oversampling, offset);

    /// <summary>Writes the sum over the sub-pixels for each pixel of a square that may be smaller.</summary>
    /// <param name="smaller">The square has 2 smaller + 1 pixels along a side; at most half of the constructor.</param>
    /// <param name="plane">Row-major, size x size pixels with the square in its middle; pixels outside the square are not changed.</param>
    public void Fill(RadialTable table, int smaller, double[] plane, int size)
    {
        var fineWidth = (2 * half + 1) * oversampling;
        var middle = size / 2;
        for (var y = _isSymmetric ? 0 : -smaller; y <= smaller; y++)
            for (var x = -smaller; x <= smaller; x++)
            {
                var sum = 0.0;
                for (var j = 0; j < oversampling; j++)
                    foreach (var separation in _separationsDeg.AsSpan(((y - _firstRow) * oversampling + j) * fineWidth
                        + (x + half) * oversampling, oversampling)) sum += table.At(separation);
                plane[(middle + y) * size + middle + x] = sum;
                if (_isSymmetric) plane[(middle - y) * size + middle - x] = sum;
            }
    }

    /// <summary>
    /// Separations of the sub-pixel centres from the position, in degrees: all rows, or those from the middle row of pixels upwards if the
    /// position is a pixel's centre. 180 where there is no sky.
    /// </summary>
    private static double[] Separations(SkyGrid image, SkyPosition centre, int half, int oversampling, (double X, double Y) offset)
    {
        var side = 2 * half + 1;
        var region = offset == default ? new PixelRegion(0, half, side, half + 1) : new PixelRegion(0, 0, side, side);
        var offsets = new SkyOffsets(image.Recentred(centre, side, offset.X, offset.Y), region, centre.To(image.Frame));
        var (width, rows) = (side * oversampling, region.Height * oversampling);
        var separations = new double[width * rows];
        var north = new double[width];
        for (var row = 0; row < rows; row++)
        {
            var east = separations.AsSpan(row * width, width);
            offsets.Row(row, oversampling, east, north);
            for (var i = 0; i < width; i++)
            {
                var squared = east[i] * east[i] + north[i] * north[i];
                east[i] = double.IsNaN(squared) ? 180 : Math.Sqrt(squared);
            }
        }

        return separations;
    }
}
