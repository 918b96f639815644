namespace TsMapSurvey.Storage.Directories;

internal sealed partial class DirectoryBlobStore
{
    public Task<WriteResult> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        WriteAsync(name, condition, (file, token) => file.WriteAsync(content, token).AsTask(), cancellationToken);

    public Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        WriteAsync(name, condition, (file, token) => CopyAsync(content, file, progress, token), cancellationToken);

    public async Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.MustBeAbsent) throw new ArgumentException("a blob that has to be absent cannot be deleted", nameof(condition));
        var path = PathOf(name);
        return await GuardAsync(name, async () =>
        {
            if (DirectoryListing.Entry(new FileInfo(path), name) is null) return false;
            using var held = await _locks.TakeAsync(name, cancellationToken).ConfigureAwait(false);
            if (DirectoryListing.Entry(new FileInfo(path), name) is not { } found || !condition.Holds(found.ETag)) return false;
            held.NoteWritten(found.LastModified.UtcDateTime);
            File.Delete(path);
            await _flushes.FlushAsync(Path.GetDirectoryName(path)!).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<WriteResult> WriteAsync(
        string name, WriteCondition condition, Func<FileStream, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return await GuardAsync(name, async () =>
        {
            if (!condition.Holds(DirectoryListing.Entry(new FileInfo(path), name)?.ETag)) return WriteResult.Refused;
            using var temporary = _temporary.Create();
            await fill(temporary.Stream, cancellationToken).ConfigureAwait(false);
            using var held = await _locks.TakeAsync(name, cancellationToken).ConfigureAwait(false);
            var found = DirectoryListing.Entry(new FileInfo(path), name);
            if (!condition.Holds(found?.ETag)) return WriteResult.Refused;
            var eTag = temporary.Seal(held.NextWriteTime(found?.LastModified.UtcDateTime));
            MoveIntoPlace(temporary.Path, path, name);
            await _flushes.FlushAsync(Path.GetDirectoryName(path)!).ConfigureAwait(false);
            return new WriteResult(true, eTag);
        }, cancellationToken).ConfigureAwait(false);
    }

    private void MoveIntoPlace(string temporary, string path, string name)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (Directory.Exists(path)) throw StorageException.InvalidName(name, "in this folder other blobs have it as their folder");
        try
        {
            DurableFolder.Create(folder, _root);
        }
        catch (IOException e) when (name.Split('/').Length > 1 && !Directory.Exists(folder))
        {
            throw StorageException.InvalidName(name, "in this folder a blob has the name of one of its segments", e);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static async Task CopyAsync(Stream content, FileStream file, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            for (long written = 0; await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0;)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress?.Report(written += read);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>On a thread of the pool, whoever calls: making durable waits for the disk, and the caller may be a grain with others to answer.</summary>
    private async Task<T> GuardAsync<T>(string name, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await Task.Run(call, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFaults.From(e, Description, name, cancellationToken) is { } fault && fault != e)
        {
            throw fault;
        }
    }
}
