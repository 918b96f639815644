using TsMapSurvey.Fits;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>
/// Derived blobs that are not as they were written. They are deleted, each as the version that was looked at: whoever makes such a blob writes it only where
/// there is none, so that of several who find the same damage each ends with a whole blob, and none deletes another's.
/// </summary>
internal static class DamagedBlobs
{
    private const string Json = ".json";

    /// <summary>Looks at a blob: JSON by its checksum, FITS by those of its HDUs, gzip by its own too. Deletes it where it is damaged.</summary>
    /// <returns>Whether there is no whole blob of this name now.</returns>
    public static async Task<bool> DropAsync(IBlobStore blobs, string name, CancellationToken cancellationToken)
    {
        if (await blobs.FindAsync(name, cancellationToken) is not { } found) return true;
        try
        {
            var stream = await blobs.OpenReadAsync(name, found.ETag, cancellationToken);
            if (stream is null) return true;
            await using (stream)
                if (await Task.Run(() => IsWhole(stream, name), cancellationToken)) return false;
        }
        catch (StorageException bad) when (bad.Error == StorageError.Changed)
        {
            // Somebody has made it again meanwhile.
            return false;
        }

        await blobs.DeleteAsync(name, WriteCondition.IfMatch(found.ETag), cancellationToken);
        return true;
    }

    private static bool IsWhole(Stream stream, string name)
    {
        try
        {
            if (name.EndsWith(Json, StringComparison.Ordinal))
            {
                using var content = BorrowedMemory.Open();
                stream.CopyTo(content);
                return SealedJson.Check(content.ToArray()) == SealState.Whole;
            }

            using var file = FitsFile.Open(stream, name, FitsLimits.InParts, leaveOpen: true);
            file.DemandIntact();
            return true;
        }
        catch (FitsException)
        {
            return false;
        }
    }
}
