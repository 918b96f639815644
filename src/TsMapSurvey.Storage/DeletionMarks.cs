using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage;

/// <summary>
/// The marks of deleted surveys, <c>definitions/NAME.deleted</c>: written before anything goes, so that a deletion that was broken off is known as such.
/// One stays behind for good; its version tells everybody who remembers a survey of the name that it is not the one of now.
/// </summary>
public sealed class DeletionMarks(IBlobStore blobs)
{
    /// <summary>Null where no survey of the name was ever deleted.</summary>
    /// <exception cref="StorageException">Damaged.</exception>
    public async Task<DeletionMark?> ReadAsync(string survey, CancellationToken cancellationToken)
    {
        var content = await blobs.ReadAsync(BlobOf(survey), cancellationToken).ConfigureAwait(false);
        return content is null ? null : DeletionMarkJson.Parse(content.Bytes.Span, blobs.Description, BlobOf(survey));
    }

    public async Task WriteAsync(DeletionMark mark, CancellationToken cancellationToken) =>
        await blobs.WriteAsync(BlobOf(mark.Survey), DeletionMarkJson.Format(mark), WriteCondition.Always, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Which of the surveys that had this name, one after the other, is there now: two answers differ when one was deleted between them. Null where there
    /// is none.
    /// </summary>
    public async Task<string?> LifeAsync(string survey, CancellationToken cancellationToken)
    {
        if (survey.Contains('/', StringComparison.Ordinal) || BlobName.Fault(BlobOf(survey)) is not null) return null;
        if (await blobs.FindAsync(DefinitionStore.BlobOf(survey), cancellationToken).ConfigureAwait(false) is null) return null;
        return (await blobs.FindAsync(BlobOf(survey), cancellationToken).ConfigureAwait(false))?.ETag ?? "first";
    }

    private static string BlobOf(string survey) => $"{DefinitionStore.Folder}{survey}.deleted";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DeletionMark))]
internal sealed partial class DeletionMarkJson : JsonSerializerContext
{
    public static byte[] Format(DeletionMark mark) => SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(mark, Default.DeletionMark));

    public static DeletionMark Parse(ReadOnlySpan<byte> content, string store, string blob)
    {
        if (SealedJson.Check(content) != SealState.Whole) throw StorageErrors.Damaged(store, blob, "the mark of a deleted survey with its checksum", "another one");
        var mark = JsonSerializer.Deserialize(content, Default.DeletionMark)!;
        return mark.Schema == Storage.DeletionMark.CurrentSchema ? mark : throw StorageErrors.Damaged(store, blob, $"schema {Storage.DeletionMark.CurrentSchema}", $"schema {mark.Schema}");
    }
}
