using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Images;

/// <summary>
/// Radially symmetric images around a position where a projection has no distortion. Around the centre of a pixel such an image is the
/// same at p and -p, whatever the projection and however it is turned, so half of it is computed.
/// </summary>
/// <param name="half">The square has 2 half + 1 pixels to a side.</param>
/// <param name="oversampling">Sub-pixels along a pixel's side.</param>
/// <param name="offset">Pixels from the middle pixel's centre to the position, along x and y.</param>
public sealed class RadialImage(SkyGrid image, SkyPosition centre, int half, int oversampling, (double X, double Y) offset)
{
    private readonly bool _isSymmetric = offset == default;

    /// <summary>The lowest row that is computed, from the middle one.</summary>
    private readonly int _firstRow = offset == default ? 0 : -half;

    private readonly double[] _separationsDeg = Separations(image, centre, half, oversampling, offset);

    /// <summary>The sums over the sub-pixels of each pixel of a smaller square.</summary>
    /// <param name="smaller">Half of its side, at most that of this one.</param>
    /// <param name="plane">Row-major, of size x size pixels with the square in its middle; all else is left as it is.</param>
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

    /// <summary>Separations from the position, in degrees, of the sub-pixel centres from the middle row of pixels upwards; of all rows
    /// where the position is not a pixel's centre.</summary>
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
