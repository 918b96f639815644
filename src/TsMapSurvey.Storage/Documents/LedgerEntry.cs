using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>One observation in a stack: identity is name (relative to the survey's prefix) and content.</summary>
/// <param name="ETag">Of the blob when it was added; a blob written again with the same content has another.</param>
/// <param name="Hash">MD5 of the content in base64; null where it is not known, and the ETag alone tells the version.</param>
/// <param name="Generation">The generation of the change that put it in; of two changes to an observation the later has the higher
/// one.</param>
/// <param name="Bytes">What reading it again costs: its arrays in memory.</param>
/// <param name="StartS">When it began, TT seconds since MJD 51544.0 (TT); null where the survey had no slices when it was added.</param>
/// <param name="HasNoTime">Whether its file was asked when it began and does not say: it belongs to no slice.</param>
public sealed record LedgerEntry(
    string Observation,
    string ETag,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Hash = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Generation = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Bytes = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? StartS = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool HasNoTime = false);
