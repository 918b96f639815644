using System.Text.Json;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// That a survey was deleted, or is being deleted: written before anything goes, so that a deletion that was broken off is known as such.
/// It stays behind for good; its version tells everybody who remembers a survey of the name that it is not the one of now.
/// </summary>
/// <param name="Observations">What the names of its observations start with: these files are not the survey's, and stay.</param>
/// <param name="IsFinished">False: some of the survey's blobs may be left, and nobody may define a survey of its name.</param>
public sealed record DeletionMark(string Survey, string? Observations, bool IsFinished, int Schema = DeletionMark.CurrentSchema)
{
    public const int CurrentSchema = 1;

    internal byte[] Format() => DocumentJson.Format(this, DocumentJson.Default.DeletionMark);

    /// <exception cref="StorageException">Damaged.</exception>
    internal static DeletionMark Parse(ReadOnlySpan<byte> content, string store, string blob)
    {
        if (SealedJson.Check(content) != SealState.Whole)
            throw StorageErrors.Damaged(store, blob, "the mark of a deleted survey with its checksum", "another one");
        var mark = JsonSerializer.Deserialize(content, DocumentJson.Default.DeletionMark)!;
        if (mark.Schema != CurrentSchema) throw StorageErrors.Damaged(store, blob, $"schema {CurrentSchema}", $"schema {mark.Schema}");
        return mark;
    }
}
