using System.Text.Json;
using TsMapSurvey.Fits;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains;

/// <summary>
/// Derived blobs that are not as they were written. They are deleted, each as the version that was looked at: whoever makes such a blob
/// writes it only where there is none, so that of several who find the same damage each ends with a whole blob, and none deletes
/// another's.
/// </summary>
internal static class DamagedBlobs
{
    /// <summary>
    /// Looks at a blob: JSON by its checksum, FITS by those of its HDUs, gzip by its own too. Deletes it where it is damaged.
    /// </summary>
    /// <returns>Whether there is no whole blob of this name now.</returns>
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
            // Somebody has made it again meanwhile.
            return false;
        }

        await blobs.DeleteAsync(name, WriteCondition.IfMatch(found.ETag), cancellationToken);
        return true;
    }

    /// <summary>What is wrong with a derived blob; null where it is as it was written.</summary>
    /// <param name="mayBeUnsealed">Whether JSON without a checksum is one of an earlier version, and right.</param>
    public static string? Problem(Stream stream, string name, bool mayBeUnsealed)
    {
        try
        {
            if (PublishedFolder.IsDocument(name)) return ProblemOfJson(stream, mayBeUnsealed);
            using var file = FitsFile.Open(stream, name, FitsLimits.InParts, leaveOpen: true);
            file.DemandIntact();
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
        if (seal == SealState.Broken) return "its checksum is not that of its content";
        if (seal == SealState.Unsealed && !mayBeUnsealed) return "its checksum is missing";
        using var parsed = JsonDocument.Parse(bytes);
        return null;
    }
}
