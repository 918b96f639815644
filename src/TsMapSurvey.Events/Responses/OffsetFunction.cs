namespace TsMapSurvey.Events.Responses;

/// <summary>A response at an offset from the pointing, for values of its other axes that were chosen before. Allocates nothing.</summary>
/// <param name="offsetDeg">The angle from the pointing; outside the response's range all values are 0.</param>
/// <param name="destination">One value for each chosen cell: finite and not negative.</param>
public delegate void OffsetFunction(double offsetDeg, Span<double> destination);
