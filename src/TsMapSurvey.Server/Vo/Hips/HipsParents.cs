using System.IO.Compression;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Hips;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>
/// Tiles that are made of others, as blobs: after a restart a view of the whole sky does not need every tile of the survey. Of each only
/// the newest version is kept, so that their number is bounded by the sky. A lost one is made again.
/// </summary>
internal sealed partial class HipsParents(IBlobStore blobs, KnownSurveys known, ILogger<HipsParents> logger)
{
    /// <summary>More than the file of an image's tile: what is longer when it is unpacked is damaged.</summary>
    private const int MaxBytes = 2 << 20;

    /// <summary>The stored file; null if there is none, or a damaged one, which is deleted.</summary>
    public async Task<byte[]?> FindAsync(HipsVersion version, HipsTilePlace tile)
    {
        var name = tile.BlobIn(version);
        try
        {
            if (await blobs.FindAsync(name, CancellationToken.None) is not { } found
                || await blobs.OpenReadAsync(name, found.ETag, CancellationToken.None) is not { } stream) return null;
            await using (stream)
                if (await UnpackAsync(version, stream, name) is { } file) return file;
            LogDamaged(name);
            await blobs.DeleteAsync(name, WriteCondition.IfMatch(found.ETag), CancellationToken.None);
        }
        catch (StorageException exception)
        {
            LogNotRead(name, exception);
        }

        return null;
    }

    /// <summary>
    /// Stores a file, unless there is a newer one of the tile, and deletes earlier ones. Without success it is made again.
    /// </summary>
    public async Task KeepAsync(HipsVersion version, HipsTilePlace tile, byte[] file)
    {
        var name = tile.BlobIn(version);
        try
        {
            var (folder, own) = (tile.FolderIn(version), version.NameOf(tile.Space).Revision);
            var older = new List<string>();
            await foreach (var entry in blobs.ListAsync(folder, CancellationToken.None))
            {
                if (RevisionName.Find(entry.Name.AsSpan(folder.Length)) is not { } revision) continue;
                if (revision > own) return;
                if (entry.Name != name) older.Add(entry.Name);
            }

            // A deleted survey has no blobs again.
            if (await known.GetAsync(version.Survey.Name, CancellationToken.None) != version.Survey) return;
            await ImmutableBlobs.PutAsync(blobs, name, Pack(file), CancellationToken.None);
            foreach (var one in older) await blobs.DeleteAsync(one, WriteCondition.Always, CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageException or SurveyException or SurveyServiceException)
        {
            LogNotKept(name, exception);
        }
    }

    private static byte[] Pack(byte[] file)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(file);
        return packed.ToArray();
    }

    private static async Task<byte[]?> UnpackAsync(HipsVersion version, Stream stream, string name)
    {
        var file = new byte[version.Cube is { } cube ? CubeImage.MaxBytes(cube) + 1 : MaxBytes];
        try
        {
            await using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            var length = await gzip.ReadAtLeastAsync(file, file.Length, throwOnEndOfStream: false);
            if (length == file.Length) return null;
            Array.Resize(ref file, length);
            using var content = new MemoryStream(file, writable: false);
            _ = version.Cube is { } grid ? CubeImage.Pixels(grid, content, name) : HipsImage.Pixels(content, name);
            return file;
        }
        catch (Exception exception) when (exception is InvalidDataException or FitsException or HipsException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Blob} is damaged; it is made again")]
    private partial void LogDamaged(string blob);

    [LoggerMessage(LogLevel.Warning, "{Blob} could not be read; it is made again")]
    private partial void LogNotRead(string blob, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Blob} could not be stored; it is made again when it is needed")]
    private partial void LogNotKept(string blob, Exception exception);
}
