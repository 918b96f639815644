using System.Text.Json;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>The JSON of an answer, kept to answer the same request again.</summary>
/// <param name="Hash">For the ETag: <see cref="LiveText.HashOf"/>.</param>
internal sealed record WrittenJson(byte[] Json, string Hash)
{
    private const int OverheadBytes = 200;

    public long ByteSize => Json.Length + OverheadBytes;

    public static WrittenJson Of<T>(T answer)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, JsonText.Options);
        return new WrittenJson(json, LiveText.HashOf(json));
    }
}
