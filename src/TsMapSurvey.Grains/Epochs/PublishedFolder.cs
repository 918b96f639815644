using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Epochs;

/// <summary>
/// Where what is published of a survey lies: what is made of all observations in <c>surveys/S/PATH/</c>, of a window in <c>surveys/S/windows/SLICE/PATH/EPOCH/</c>
/// by its last night. In each the revisions count for themselves.
/// </summary>
/// <param name="Path">As <c>maps/TILE/MAP</c>.</param>
internal readonly record struct PublishedFolder(string Survey, string Path, SliceWindow? Window)
{
    /// <summary>With a slash at the end.</summary>
    public string Name => Window is null ? OfSlice : FormattableString.Invariant($"{OfSlice}{Window.LastEpoch:D6}/");

    /// <summary>The same for all windows of the slice.</summary>
    private string OfSlice => Window is null ? $"{SurveySetup.RootOf(Survey)}{Path}/" : OfAnyWindow(Survey, Path, Window.Slice);

    public static string OfAnyWindow(string survey, string path, string slice) => $"{SurveySetup.RootOf(survey)}windows/{slice}/{path}/";

    /// <summary>
    /// Publishes something here. Where the store is full, what newer revisions have replaced is deleted, and it is tried once more.
    /// </summary>
    public async Task<T> PublishAsync<T>(IBlobStore blobs, DateTimeOffset now, Func<Task<T>> publish, CancellationToken cancellationToken)
    {
        try
        {
            return await publish();
        }
        catch (StorageException full) when (full.Error == StorageError.Full)
        {
            await SweepAsync(blobs, now + SupersededBlobs.Grace - SupersededBlobs.ShortGrace, cancellationToken);
            return await publish();
        }
    }

    /// <summary>What a blob's name says it is of: maps or stacks, and the tile; mosaics, and the map or "stack". Null where nothing of the survey is published under it.</summary>
    public static (string Kind, string Of)? Find(string survey, string blob)
    {
        if (!blob.StartsWith(SurveySetup.RootOf(survey), StringComparison.Ordinal)) return null;
        var parts = blob[SurveySetup.RootOf(survey).Length..].Split('/');
        if (parts[0] == "windows" && parts.Length > 2) parts = parts[2..];
        return parts is ["maps" or "stacks" or "mosaics", var of, _, ..] ? (parts[0], of) : null;
    }

    /// <summary>Deletes what newer revisions have replaced, and what is of another window, each when nobody can be about to open it any more.</summary>
    public async Task SweepAsync(IBlobStore blobs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await SupersededBlobs.SweepAsync(blobs, Name, now, cancellationToken);
        if (Window is null) return;
        try
        {
            var others = new List<string>();
            await foreach (var entry in blobs.ListAsync(OfSlice, cancellationToken))
                if (!entry.Name.StartsWith(Name, StringComparison.Ordinal) && entry.LastModified < now - SupersededBlobs.Grace) others.Add(entry.Name);
            foreach (var name in others) await blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken);
        }
        catch (Exception bad) when (bad is StorageException or OperationCanceledException)
        {
        }
    }
}
