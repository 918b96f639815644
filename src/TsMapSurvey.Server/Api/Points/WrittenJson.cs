using System.Text.Json;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>An answer and its JSON, kept to answer the same request again.</summary>
/// <param name="Hash">For the ETag: <see cref="LiveText.HashOf"/>.</param>
internal sealed record WrittenJson<T>(T Answer, byte[] Json, string Hash)
{
    private const int OverheadBytes = 200;

    /// <summary>The answer is taken to be as large as its JSON.</summary>
    public long ByteSize => 2 * Json.Length + OverheadBytes;

    public static WrittenJson<T> Of(T answer)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, JsonText.Options);
        return new WrittenJson<T>(answer, json, LiveText.HashOf(json));
    }
}
