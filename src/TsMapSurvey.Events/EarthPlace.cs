namespace TsMapSurvey.Events;

/// <summary>A place on Earth: longitude (east is positive) and geodetic latitude in degrees.</summary>
public readonly record struct EarthPlace(double LonDeg, double LatDeg);
