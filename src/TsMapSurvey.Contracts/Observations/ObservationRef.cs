namespace TsMapSurvey.Contracts;

/// <summary>Identifies one version of an observation's blob.</summary>
/// <param name="Name">Relative to the survey's prefix.</param>
/// <param name="ETag">The blob's ETag, opaque.</param>
/// <param name="Hash">Content hash, base64; null if unknown. Equal hashes mean the same version, whatever the ETags.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ObservationRef")]
public sealed record ObservationRef([property: Id(0)] string Name, [property: Id(1)] string ETag, [property: Id(2)] string? Hash = null);
