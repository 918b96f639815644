using System.Collections.Immutable;

namespace TsMapSurvey.Sky;

/// <summary>Times and the region that was covered at each of them.</summary>
/// <param name="Times">Microseconds since JD 0 (TCB): sorted, disjoint and not adjacent.</param>
public sealed record SpaceTimePart(ImmutableArray<CellRange> Times, Moc Space);
