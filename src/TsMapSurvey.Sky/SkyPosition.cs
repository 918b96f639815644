using System.Globalization;

namespace TsMapSurvey.Sky;

/// <summary>A direction: longitude (any multiple of 360 may be added) and latitude (-90 to 90) in degrees, and their frame.</summary>
public readonly record struct SkyPosition(double LonDeg, double LatDeg, SkyFrame Frame)
{
    /// <summary>The same direction in another frame, longitude in [0, 360); unchanged if the frame is the same. NaN stays NaN.</summary>
    public SkyPosition To(SkyFrame frame)
    {
        if (frame == Frame) return this;
        var (lon, lat) = FrameRotation.Between(Frame, frame).Rotate(LonDeg, LatDeg);
        return new SkyPosition(lon, lat, frame);
    }

    /// <summary>The angle to a position in any frame, 0 to 180 degrees.</summary>
    public double SeparationDeg(SkyPosition other) => AngularDistance.SeparationDeg(this, other.To(Frame));

    /// <summary>The direction to the other position, from this frame's north through east, in [0, 360) degrees.</summary>
    public double PositionAngleDeg(SkyPosition other) => AngularDistance.PositionAngleDeg(this, other.To(Frame));

    /// <summary>The position at a separation and position angle (from north through east), in this frame, longitude in [0, 360).</summary>
    public SkyPosition DirectionalOffset(double positionAngleDeg, double separationDeg) =>
        AngularDistance.Offset(this, positionAngleDeg, separationDeg);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Frame} {LonDeg:0.######} {LatDeg:+0.######;-0.######;0}");
}
