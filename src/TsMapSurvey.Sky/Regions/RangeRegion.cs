namespace TsMapSurvey.Sky.Regions;

/// <summary>All positions with right ascension and declination in two intervals, whose borders are meridians and parallels.</summary>
public sealed class RangeRegion : SkyRegion
{
    private readonly (double Min, double Max) _lon;
    private readonly (double Min, double Max) _lat;

    /// <summary>Degrees, ICRS. Infinite ends are open. If the first right ascension is larger, the range contains 0.</summary>
    /// <exception cref="SkyException">An end is NaN, a right ascension is not from 0 to 360, or the declinations are not in
    /// order.</exception>
    public RangeRegion(double lonMinDeg, double lonMaxDeg, double latMinDeg, double latMaxDeg)
    {
        _lon = (double.IsNegativeInfinity(lonMinDeg) ? 0 : lonMinDeg, double.IsPositiveInfinity(lonMaxDeg) ? 360 : lonMaxDeg);
        _lat = (double.IsNegativeInfinity(latMinDeg) ? -90 : latMinDeg, double.IsPositiveInfinity(latMaxDeg) ? 90 : latMaxDeg);
        if (!(_lon.Min is >= 0 and <= 360 && _lon.Max is >= 0 and <= 360))
            throw SkyErrors.BadShape("RANGE", $"the longitudes {lonMinDeg} to {lonMaxDeg}", "0 to 360");
        if (!(_lat.Min >= -90 && _lat.Max <= 90 && _lat.Min <= _lat.Max))
            throw SkyErrors.BadShape("RANGE", $"the latitudes {latMinDeg} to {latMaxDeg}", "two in ascending order from -90 to 90");
    }

    public override IReadOnlyList<SkyPosition> Marks =>
        [Corner(_lon.Min, _lat.Min), Corner(_lon.Max, _lat.Min), Corner(_lon.Min, _lat.Max), Corner(_lon.Max, _lat.Max)];

    // The farthest point of a narrow range from its middle is a corner, or the middle of the side that is nearer to the equator.
    public override (SkyPosition Centre, double RadiusDeg)? Cap
    {
        get
        {
            var width = _lon.Max - _lon.Min + (_lon.Max < _lon.Min ? 360 : 0);
            var middle = Corner(_lon.Min + width / 2, (_lat.Min + _lat.Max) / 2);
            var radius = Marks.Append(Corner(middle.LonDeg, _lat.Min)).Append(Corner(middle.LonDeg, _lat.Max))
                .Max(mark => middle.SeparationDeg(mark));
            return width <= 90 && radius < 90 ? (middle, radius) : null;
        }
    }

    protected override bool ContainsIcrs(SkyPosition position) =>
        position.LatDeg >= _lat.Min && position.LatDeg <= _lat.Max && (_lon.Min <= _lon.Max
            ? position.LonDeg >= _lon.Min && position.LonDeg <= _lon.Max : position.LonDeg >= _lon.Min || position.LonDeg <= _lon.Max);

    private static SkyPosition Corner(double lonDeg, double latDeg) => new(lonDeg, latDeg, SkyFrame.Icrs);
}
