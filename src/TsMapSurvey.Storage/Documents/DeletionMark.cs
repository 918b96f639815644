using System.Text.Json;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// Says that a survey was deleted, or is being deleted. It is written before the first blob is deleted, so that an interrupted deletion is
/// recognised, and it is never removed: its ETag tells anyone who remembers an earlier survey of the name that the current one is another.
/// </summary>
/// <param name="Observations">The prefix of the survey's observations. These files do not belong to the survey and are kept.</param>
/// <param name="IsFinished">False while blobs of the survey may remain; until then no survey of the name may be defined.</param>
public sealed record DeletionMark(string Survey, string? Observations, bool IsFinished, int Schema = DeletionMark.CurrentSchema)
{
    public const int CurrentSchema = 1;

    internal byte[] Format() => DocumentJson.Format(this, DocumentJson.Default.DeletionMark);

    /// <exception cref="StorageException">Damaged.</exception>
    internal static DeletionMark Parse(ReadOnlySpan<byte> content, string store, string blob)
    {
        if (SealedJson.Check(content) != SealState.Valid)
            throw StorageErrors.Damaged(store, blob, "the mark of a deleted survey with a valid checksum", "none or another checksum");
        var mark = JsonSerializer.Deserialize(content, DocumentJson.Default.DeletionMark)!;
        if (mark.Schema != CurrentSchema) throw StorageErrors.Damaged(store, blob, $"schema {CurrentSchema}", $"schema {mark.Schema}");
        return mark;
    }
}
