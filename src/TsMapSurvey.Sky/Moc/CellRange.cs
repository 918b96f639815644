namespace TsMapSurvey.Sky;

/// <summary>Consecutive cells of the finest order (<see cref="Moc"/>), or microseconds (<see cref="SpaceTimeMoc"/>).</summary>
/// <param name="First">The first number.</param>
/// <param name="End">One past the last number.</param>
public readonly record struct CellRange(long First, long End);
