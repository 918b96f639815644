namespace TsMapSurvey.Events.Responses;

/// <summary>
/// A position in the field of view in degrees: the offset from the pointing, and longitude and latitude on the sphere around the pointing.
/// </summary>
public readonly record struct FieldPoint(double OffsetDeg, double LonDeg, double LatDeg);
