namespace TsMapSurvey.Storage.Directories;

internal sealed partial class DirectoryBlobStore
{
    /// <summary>An attempt fails if another process deletes the empty folder at that moment.</summary>
    private const int Tries = 100;

    public Task<WriteResult> WriteAsync(
        string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        WriteAsync(name, condition, (file, token) => file.WriteAsync(content, token).AsTask(), cancellationToken);

    public Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        WriteAsync(name, condition, (file, token) => CopyAsync(name, content, file, progress, token), cancellationToken);

    public async Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.MustBeAbsent) throw new ArgumentException("a delete cannot require that the blob is absent", nameof(condition));
        var path = PathOf(name);
        return await GuardAsync(name, async () =>
        {
            if (Entry(path, name) is null) return false;
            using var held = await _locks.AcquireAsync(name, cancellationToken).ConfigureAwait(false);
            if (Entry(path, name) is not { } found || !condition.Holds(found.ETag)) return false;
            // Recorded before the delete, so that a crash in between does not lose it. On a full disk there may be space only afterwards.
            var isRecorded = held.TryRecordWriteTime(found.LastModified.UtcDateTime);
            File.Delete(path);
            if (!isRecorded) held.TryRecordWriteTime(found.LastModified.UtcDateTime);
            await _flushes.FlushAsync(DurableFolder.DeleteEmpty(Path.GetDirectoryName(path)!, _root)).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates an empty temporary file, which a read-only store refuses, and removes it.</summary>
    public Task CheckWritingAsync(CancellationToken cancellationToken) => GuardAsync(null, () =>
    {
        using var temporary = _temporary.Create();
        _reserve.Check(null);
        return Task.FromResult(true);
    }, cancellationToken);

    private async Task<WriteResult> WriteAsync(
        string name, WriteCondition condition, Func<FileStream, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return await GuardAsync(name, async () =>
        {
            if (EntryKinds.LinkAbove(_root, name) is { } link)
                throw StorageErrors.InvalidName(name, $"{link} is a symbolic link, which is not followed");
            if (!condition.Holds(Entry(path, name)?.ETag)) return WriteResult.Refused;
            using var temporary = _temporary.Create();
            await fill(temporary.Stream, cancellationToken).ConfigureAwait(false);
            using var held = await _locks.AcquireAsync(name, cancellationToken).ConfigureAwait(false);
            var found = Entry(path, name);
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
        if (Directory.Exists(path)) throw StorageErrors.InvalidName(name, "in this store it is a folder of other blobs");
        for (var triesLeft = Tries; ; triesLeft--)
        {
            try
            {
                DurableFolder.Create(folder, _root);
            }
            catch (IOException e) when (IsBelowAFile(folder))
            {
                throw StorageErrors.InvalidName(name, "in this store one of its folders is a blob", e);
            }

            try
            {
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException && triesLeft > 0 && File.Exists(temporary))
            {
                // Another process deleted the last blob of the folder, and with it the empty folder.
            }
        }
    }

    private bool IsBelowAFile(string folder)
    {
        for (; folder.Length > _root.Length; folder = Path.GetDirectoryName(folder)!)
            if (File.Exists(folder)) return true;
        return false;
    }

    private async Task CopyAsync(
        string name, Stream content, FileStream file, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            _reserve.Check(name);
            for (long written = 0; await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0;)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress?.Report(written += read);
                _reserve.Check(name);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Runs the call on the thread pool: flushing waits for the disk, which must not block a grain that calls.</summary>
    private async Task<T> GuardAsync<T>(string? name, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await Task.Run(call, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageErrors.From(e, Description, name, cancellationToken) is { } fault)
        {
            if (fault.Error == StorageError.Full) _temporary.Sweep();
            if (fault == e) throw;
            throw fault;
        }
    }
}
