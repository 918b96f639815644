using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>One observation in a stack. Its identity is its name (relative to the survey's prefix) and its content.</summary>
/// <param name="ETag">The blob's ETag when it was added. Writing the same content again changes it.</param>
/// <param name="Hash">MD5 of the content in base64; null if unknown, then only the ETag identifies the version.</param>
/// <param name="Generation">The generation of the change that added it. Later changes of an observation have higher generations.</param>
/// <param name="Bytes">The memory that its arrays take when it is read again.</param>
/// <param name="StartS">Its start, TT seconds since MJD 51544.0 (TT); null if the survey had no slices when it was added.</param>
/// <param name="HasNoTime">True if its file states no start time: it then belongs to no slice.</param>
public sealed record LedgerEntry(
    string Observation,
    string ETag,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Hash = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Generation = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Bytes = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? StartS = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool HasNoTime = false);
