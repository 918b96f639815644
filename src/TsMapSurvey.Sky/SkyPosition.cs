using System.Globalization;

namespace TsMapSurvey.Sky;

/// <summary>A direction: longitude (any turn) and latitude (-90 to 90) in degrees, and the frame they are counted in.</summary>
public readonly record struct SkyPosition(double LonDeg, double LatDeg, SkyFrame Frame)
{
    /// <summary>The same direction in another frame, longitude in [0, 360). In its own frame it is returned as it is. NaN stays
    /// NaN.</summary>
    public SkyPosition To(SkyFrame frame)
    {
        if (frame == Frame) return this;
        var (lon, lat) = FrameRotation.Between(Frame, frame).Turn(LonDeg, LatDeg);
        return new SkyPosition(lon, lat, frame);
    }

    /// <summary>The angle to a position of any frame, 0 to 180 degrees.</summary>
    public double SeparationDeg(SkyPosition other) => AngularDistance.SeparationDeg(this, other.To(Frame));

    /// <summary>The direction of the other position seen from here, counted from this frame's north through east, in [0, 360)
    /// degrees.</summary>
    public double PositionAngleDeg(SkyPosition other) => AngularDistance.PositionAngleDeg(this, other.To(Frame));

    /// <summary>The position at a separation in a direction (position angle from north through east), in this frame, longitude in [0,
    /// 360).</summary>
    public SkyPosition DirectionalOffset(double positionAngleDeg, double separationDeg) =>
        AngularDistance.Offset(this, positionAngleDeg, separationDeg);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Frame} {LonDeg:0.######} {LatDeg:+0.######;-0.######;0}");
}
