namespace TsMapSurvey.Contracts;

/// <summary>One version of an observation's blob: its identity.</summary>
/// <param name="Name">Relative to the survey's prefix.</param>
/// <param name="ETag">The store's, opaque.</param>
/// <param name="Hash">Of the content, base64: two refs of one hash are one version, whatever their ETags. Null where it is not
/// known.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ObservationRef")]
public sealed record ObservationRef([property: Id(0)] string Name, [property: Id(1)] string ETag, [property: Id(2)] string? Hash = null);
