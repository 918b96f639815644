namespace TsMapSurvey.Storage.Documents;

/// <summary>When and where an observation has data.</summary>
/// <param name="Region">A MOC in ASCII (IVOA MOC 2.0) of a few hundred cells at most, which contains all pixels with exposure.</param>
/// <param name="Times">Its good time intervals; empty if its file has none that a night can be computed from.</param>
public sealed record RecordedCoverage(string Region, IReadOnlyList<RecordedTime> Times);
