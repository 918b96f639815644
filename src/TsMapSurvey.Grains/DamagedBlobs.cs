using System.Text.Json;
using TsMapSurvey.Fits;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains;

/// <summary>
/// Detects and deletes damaged derived blobs. A blob is deleted only in the version that was checked, and recreated only if absent: if
/// several callers find the same damage, none deletes the other's new blob.
/// </summary>
internal static class DamagedBlobs
{
    /// <summary>
    /// Checks a blob by the checksums of JSON, of the FITS HDUs and of gzip, and deletes it if it is damaged.
    /// </summary>
    /// <returns>Whether there is no intact blob of this name now.</returns>
    public static async Task<bool> DropAsync(IBlobStore blobs, string name, CancellationToken cancellationToken)
    {
        if (await blobs.FindAsync(name, cancellationToken) is not { } found) return true;
        try
        {
            var stream = await blobs.OpenReadAsync(name, found.ETag, cancellationToken);
            if (stream is null) return true;
            await using (stream)
                if (await Task.Run(() => Problem(stream, name, mayBeUnsealed: false), cancellationToken) is null) return false;
        }
        catch (StorageException exception) when (exception.Error == StorageError.Changed)
        {
            // It was recreated meanwhile.
            return false;
        }

        await blobs.DeleteAsync(name, WriteCondition.IfMatch(found.ETag), cancellationToken);
        return true;
    }

    /// <summary>Returns the problem of a derived blob; null if it is intact.</summary>
    /// <param name="mayBeUnsealed">Whether JSON without a checksum, which earlier versions wrote, counts as intact.</param>
    public static string? Problem(Stream stream, string name, bool mayBeUnsealed)
    {
        try
        {
            if (PublishedFolder.IsDocument(name)) return ProblemOfJson(stream, mayBeUnsealed);
            using var file = FitsFile.Open(stream, name, FitsLimits.InParts, leaveOpen: true);
            file.EnsureIntact();
            return null;
        }
        catch (Exception exception) when (exception is FitsException or JsonException)
        {
            return exception.Message;
        }
    }

    private static string? ProblemOfJson(Stream stream, bool mayBeUnsealed)
    {
        using var content = BorrowedMemory.Open();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        var seal = SealedJson.Check(bytes);
        if (seal == SealState.Broken) return "its checksum does not match its content";
        if (seal == SealState.Unsealed && !mayBeUnsealed) return "its checksum is missing";
        using var parsed = JsonDocument.Parse(bytes);
        return null;
    }
}
