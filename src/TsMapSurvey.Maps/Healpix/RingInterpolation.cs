namespace TsMapSurvey.Maps.Healpix;

/// <summary>
/// Bilinear interpolation between the four HEALPix cells around a position: linear in longitude on the rings above and below it, linear in
/// colatitude between them (the convention of the HEALPix facility). Beyond the first and the last ring, the pole has the mean of its four
/// cells. Ring i of 1 to 4 nside - 1 has its cells' centres at colatitude Theta(i) (Gorski et al. 2005, ApJ 622, 759, equations 4 to 9).
/// </summary>
internal readonly struct RingInterpolation(int order)
{
    private readonly long _side = 1L << order;

    /// <summary>Fills the ring indices of four cells and their weights, which add up to 1.</summary>
    /// <param name="lonDeg">Any longitude.</param>
    /// <param name="latDeg">From -90 to 90.</param>
    public void Weigh(double lonDeg, double latDeg, Span<long> cells, Span<double> weights)
    {
        var (theta, phi) = ((90 - latDeg) * Math.PI / 180, (lonDeg - 360 * Math.Floor(lonDeg / 360)) * Math.PI / 180);
        var above = RingAbove(Math.Cos(theta));
        var below = above + 1;
        if (above > 0) OnRing(above, phi, cells[..2], weights[..2]);
        if (below < 4 * _side) OnRing(below, phi, cells[2..], weights[2..]);
        if (above == 0)
        {
            ToPole(theta / Theta(below), cells[2..], weights[2..], cells[..2], weights[..2], 0);
            return;
        }

        if (below == 4 * _side)
        {
            ToPole((Math.PI - theta) / (Math.PI - Theta(above)), cells[..2], weights[..2], cells[2..], weights[2..],
                12 * _side * _side - 4);
            return;
        }

        var share = (theta - Theta(above)) / (Theta(below) - Theta(above));
        for (var i = 0; i < 2; i++) (weights[i], weights[i + 2]) = (weights[i] * (1 - share), weights[i + 2] * share);
    }

    /// <summary>The pole's value is a quarter of each of the four cells of the ring around it, two of which have weights of their own.
    /// </summary>
    private static void ToPole(double share, Span<long> near, Span<double> nearWeights, Span<long> far, Span<double> farWeights, long first)
    {
        var quarter = (1 - share) / 4;
        for (var i = 0; i < 2; i++)
        {
            (nearWeights[i], farWeights[i]) = (nearWeights[i] * share + quarter, quarter);
            far[i] = first + (near[i] - first + 2) % 4;
        }
    }

    /// <summary>The ring at or above z = cos(colatitude); 0 above the first.</summary>
    private long RingAbove(double z)
    {
        var height = Math.Abs(z);
        if (height <= 2.0 / 3) return (long)(_side * (2 - 1.5 * z));
        var ring = (long)(_side * Math.Sqrt(3 * (1 - height)));
        return z > 0 ? ring : 4 * _side - ring - 1;
    }

    private double Theta(long ring)
    {
        var north = Math.Min(ring, 4 * _side - ring);
        // Near the poles 1 - z is small, and arccos would lose digits.
        var theta = north < _side ? 2 * Math.Asin(north / (Math.Sqrt(6) * _side)) : Math.Acos((2 * _side - north) * 2.0 / (3 * _side));
        return ring > 2 * _side ? Math.PI - theta : theta;
    }

    private void OnRing(long ring, double phi, Span<long> cells, Span<double> weights)
    {
        var north = Math.Min(ring, 4 * _side - ring);
        var count = 4 * Math.Min(north, _side);
        var shift = north < _side || ((north - _side) & 1) == 0 ? 0.5 : 0;
        var before = north < _side ? 2 * north * (north - 1) : 2 * _side * (_side - 1) + (north - _side) * 4 * _side;
        var start = ring > 2 * _side ? 12 * _side * _side - before - count : before;
        var steps = phi * count / (2 * Math.PI) - shift;
        var left = (long)Math.Floor(steps);
        (weights[0], weights[1]) = (1 - (steps - left), steps - left);
        (cells[0], cells[1]) = (start + (left + count) % count, start + (left + 1) % count);
    }
}
