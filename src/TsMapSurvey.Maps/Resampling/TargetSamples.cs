using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Resampling;

/// <summary>Where the centres of a target's pixels are in a source image: for maps that are sampled, such as exposures.</summary>
internal sealed class TargetSamples
{
    private readonly (int Pixel, double FractionX, double FractionY)[] _corners;
    private readonly int _width;
    private readonly int _height;

    public TargetSamples(SkyGrid source, SkyGrid target)
    {
        (_width, _height) = (source.Width, source.Height);
        Nearest = new int[target.Width * target.Height];
        _corners = new (int, double, double)[Nearest.Length];
        for (var pixel = 0; pixel < Nearest.Length; pixel++)
        {
            (Nearest[pixel], _corners[pixel]) = (-1, (-1, 0, 0));
            if (target.PixelCentre(pixel % target.Width, pixel / target.Width) is not { } centre
                || !source.TryPixelOf(centre, out double x, out double y)) continue;
            var (column, row) = (PixelTransfer.Cell(x), PixelTransfer.Cell(y));
            if (source.Wcs.TurnPixels is { } turn && turn == _width) column -= turn * (int)Math.Floor(column / (double)turn);
            if (source.Region.Contains(column, row)) Nearest[pixel] = row * _width + column;
            var (left, bottom) = ((int)Math.Clamp(Math.Floor(x), 0, Math.Max(0, _width - 2)),
                (int)Math.Clamp(Math.Floor(y), 0, Math.Max(0, _height - 2)));
            _corners[pixel] = (bottom * _width + left, Math.Clamp(x - left, 0, 1), Math.Clamp(y - bottom, 0, 1));
        }
    }

    /// <summary>For each target pixel the source pixel that contains its centre; -1 if there is none.</summary>
    public int[] Nearest { get; }

    /// <summary>
    /// The bilinear interpolation of a source plane at a target pixel's centre. Outside of the source the value of its border; 0 where the
    /// source's projection does not show the position.
    /// </summary>
    public double Interpolate(ReadOnlySpan<double> plane, int target)
    {
        var (pixel, fx, fy) = _corners[target];
        if (pixel < 0) return 0;
        var (right, up) = (_width > 1 ? 1 : 0, _height > 1 ? _width : 0);
        var low = plane[pixel] + fx * (plane[pixel + right] - plane[pixel]);
        var high = plane[pixel + up] + fx * (plane[pixel + up + right] - plane[pixel + up]);
        return low + fy * (high - low);
    }
}
