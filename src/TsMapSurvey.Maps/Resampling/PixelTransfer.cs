using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Resampling;

/// <summary>
/// Where the pixels of a source image lie in a target image of any other projection, frame, pixel size and rotation: the target pixel that
/// contains each centre, and the shares of each area. Pixels are flat indices, y * width + x; -1 is none. The target is at most 360 degrees
/// wide, so that a position is in one pixel.
/// </summary>
internal sealed class PixelTransfer
{
    private const int None = -1;

    /// <summary>Digits of a pixel: a centre on the border of two pixels falls on the same side in every cutout of one grid.</summary>
    private const int Digits = 9;

    /// <summary>A quadrilateral that spans this many times more pixels than expected surrounds a pole: it is sampled instead.</summary>
    private const int LargestStretch = 16;

    private const int SamplesPerSide = 8;
    private const double FarAway = 1 << 29;

    private readonly SkyGrid _source;
    private readonly SkyGrid _target;
    private readonly int? _turn;
    private readonly List<(int X, int Y, double Area)> _cells = [];
    private readonly List<(int Target, double Share)> _shares = [];
    private readonly int[] _firstShare;

    private PixelTransfer(SkyGrid source, SkyGrid target, ReadOnlySpan<bool> used)
    {
        (_source, _target, _turn) = (source, target, target.Wcs.TurnPixels);
        Centres = new int[source.Width * source.Height];
        _firstShare = new int[Centres.Length + 1];
        for (var pixel = 0; pixel < Centres.Length; pixel++)
        {
            Centres[pixel] = used[pixel] ? Follow(pixel % source.Width, pixel / source.Width) : None;
            _firstShare[pixel + 1] = _shares.Count;
        }
    }

    /// <summary>For each source pixel the target pixel that contains its centre.</summary>
    public int[] Centres { get; }

    /// <param name="used">The source pixels that are of interest; the others have no centre and no shares.</param>
    public static PixelTransfer Of(SkyGrid source, SkyGrid target, ReadOnlySpan<bool> used) => new(source, target, used);

    /// <summary>The target pixels that share a source pixel's area. All shares add up to 1 if none is outside the target.</summary>
    public ReadOnlySpan<(int Target, double Share)> SharesOf(int pixel) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_shares)[_firstShare[pixel].._firstShare[pixel + 1]];

    /// <summary>The pixel along one axis that contains a coordinate.</summary>
    public static int Cell(double coordinate) =>
        (int)Math.Clamp(Math.Floor(Math.Round(coordinate + 0.5, Digits)), -FarAway, FarAway);

    /// <summary>Adds the shares of a pixel, and returns the target pixel of its centre.</summary>
    private int Follow(int x, int y)
    {
        if (At(x, y) is not { } centre) return None;
        var target = IndexOf(Cell(centre.X), Cell(centre.Y));
        Span<(double X, double Y)> corners = stackalloc (double, double)[4];
        for (var i = 0; i < 4; i++)
        {
            if (At(x + (i is 1 or 2 ? 0.5 : -0.5), y + (i >= 2 ? 0.5 : -0.5)) is not { } corner)
            {
                Share(target, 1);
                return target;
            }

            corners[i] = NearTo(centre, corner);
        }

        var (left, right, bottom, top) = QuadShares.Box(corners);
        var expected = LargestStretch * (2 + _source.PixelScaleDeg / _target.PixelScaleDeg);
        if (right - left > expected || top - bottom > expected) Sample(x, y);
        else if (top >= 0 && bottom < _target.Height && OverlapsInX(left, right)) ShareByArea(corners, target);
        return target;
    }

    private bool OverlapsInX(int left, int right)
    {
        if (_turn is not { } turn) return right >= 0 && left < _target.Width;
        var first = left - turn * (int)Math.Floor(left / (double)turn);
        return first < _target.Width || first + right - left >= turn;
    }

    private void ShareByArea(ReadOnlySpan<(double X, double Y)> corners, int centre)
    {
        _cells.Clear();
        var sum = QuadShares.Add(corners, _cells);
        if (!(sum > 0)) Share(centre, 1);
        else foreach (var (column, row, area) in _cells) Share(IndexOf(column, row), area / sum);
    }

    private void Sample(int x, int y)
    {
        for (var j = 0; j < SamplesPerSide; j++)
            for (var i = 0; i < SamplesPerSide; i++)
                if (At(x + (i + 0.5) / SamplesPerSide - 0.5, y + (j + 0.5) / SamplesPerSide - 0.5) is { } sample)
                    Share(IndexOf(Cell(sample.X), Cell(sample.Y)), 1.0 / (SamplesPerSide * SamplesPerSide));
    }

    private void Share(int target, double share)
    {
        if (target != None) _shares.Add((target, share));
    }

    private int IndexOf(int column, int row)
    {
        if (_turn is { } turn) column -= turn * (int)Math.Floor(column / (double)turn);
        return _target.Region.Contains(column, row) ? row * _target.Width + column : None;
    }

    private (double X, double Y)? At(double x, double y) =>
        _source.Wcs.TryPixelToSky(x, y, out var lon, out var lat)
        && _target.TryPixelOf(new SkyPosition(lon, lat, _source.Frame), out double column, out double row) ? (column, row) : null;

    /// <summary>The copy of a coordinate that is nearest to another one, if the sky repeats.</summary>
    private (double X, double Y) NearTo((double X, double Y) other, (double X, double Y) corner)
    {
        if (_turn is not { } turn) return corner;
        return (corner.X + turn * Math.Round((other.X - corner.X) / turn), corner.Y);
    }
}
