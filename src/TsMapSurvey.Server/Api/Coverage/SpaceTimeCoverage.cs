namespace TsMapSurvey.Server.Api.Coverage;

/// <summary>An element of a space-time MOC as JSON (IVOA MOC 2.0, section 4.3.2): cells by order.</summary>
/// <param name="T">Cells of time; order 61 is a microsecond since JD 0 (TCB).</param>
/// <param name="S">HEALPix cells of the region at these times, nested, ICRS.</param>
internal sealed record SpaceTimeCoverage(Dictionary<string, long[]> T, Dictionary<string, long[]> S);
