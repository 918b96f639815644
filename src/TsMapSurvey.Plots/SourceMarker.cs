using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots;

/// <summary>A position that is marked on a plot, with an optional label.</summary>
public sealed record SourceMarker(SkyPosition Position, string? Label = null);
