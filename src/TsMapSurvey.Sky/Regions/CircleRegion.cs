namespace TsMapSurvey.Sky.Regions;

/// <summary>All positions up to a separation from a centre.</summary>
public sealed class CircleRegion : SkyRegion
{
    private readonly SkyPosition _centre;
    private readonly double _radiusDeg;

    /// <param name="centre">In any frame.</param>
    /// <param name="radiusDeg">0 to 180; with 0 only the centre.</param>
    /// <exception cref="SkyException">A number is not in its range.</exception>
    public CircleRegion(SkyPosition centre, double radiusDeg)
    {
        _centre = centre.To(SkyFrame.Icrs);
        _radiusDeg = radiusDeg is >= 0 and <= 180 ? radiusDeg : throw SkyErrors.BadShape("CIRCLE", $"the radius {radiusDeg}", "0 to 180");
    }

    public override IReadOnlyList<SkyPosition> Marks => [_centre];

    public override (SkyPosition Centre, double RadiusDeg)? Cap => _radiusDeg < 90 ? (_centre, _radiusDeg) : null;

    protected override bool ContainsIcrs(SkyPosition position) => _centre.SeparationDeg(position) <= _radiusDeg;
}
