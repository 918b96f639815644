using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots;

/// <summary>A position to be marked on a plot, with a name beside it or none.</summary>
public sealed record SourceMarker(SkyPosition Position, string? Label = null);
