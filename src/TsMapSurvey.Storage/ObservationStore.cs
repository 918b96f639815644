using System.Runtime.CompilerServices;

namespace TsMapSurvey.Storage;

/// <summary>A survey's observations: the FITS blobs below a prefix. All names, also in entries, are relative to the prefix.</summary>
/// <param name="prefix">A folder of the store, such as "observations/"; "" for the whole store.</param>
public sealed class ObservationStore(IBlobStore blobs, string prefix)
{
    private static readonly string[] Endings = [".fits", ".fits.gz", ".fit", ".fit.gz", ".fits.fz"];
    private readonly string _prefix = prefix.Length == 0 || prefix.EndsWith('/') ? prefix : prefix + "/";

    /// <summary>The accepted file names, for messages.</summary>
    public const string NamesExpected = ".fits, .fits.gz or .fits.fz (or .fit, .fit.gz)";

    /// <summary>Whether the name is an observation's: it ends with .fits, .fit, .fits.gz, .fit.gz or .fits.fz in any case.</summary>
    public static bool IsObservation(string name) =>
        !BlobName.IsHidden(name) && Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// All observations in ordinal order of their names. A name that <see cref="BlobName"/> rejects is listed, but cannot be opened.
    /// </summary>
    public IAsyncEnumerable<BlobEntry> ListAsync(CancellationToken cancellationToken) => ListFromAsync("", cancellationToken);

    /// <summary>Only names at or after <paramref name="name"/>.</summary>
    /// <inheritdoc cref="ListAsync"/>
    public async IAsyncEnumerable<BlobEntry> ListFromAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = name.Length == 0
            ? blobs.ListAsync(_prefix, cancellationToken) : blobs.ListFromAsync(_prefix, _prefix + name, cancellationToken);
        await foreach (var entry in found.ConfigureAwait(false))
            if (IsObservation(entry.Name)) yield return Relative(entry);
    }

    /// <summary>
    /// Subscribes to notifications of written observations, see <see cref="IBlobStore.Watch"/>. Null if the store cannot notify, or if the
    /// prefix is the whole store.
    /// </summary>
    public IDisposable? Watch(Action<BlobHint> hint) => _prefix.Length == 0 ? null : blobs.Watch(_prefix, found =>
    {
        if (found.Name is not { } name) hint(found);
        else if (IsObservation(name) && name.StartsWith(_prefix, StringComparison.Ordinal))
            hint(found with { Name = name[_prefix.Length..] });
    });

    /// <summary>Entries among the observations that are not blobs, by full names: see <see cref="IBlobStore.Skipped"/>.</summary>
    public IReadOnlyList<SkippedEntry> Skipped => blobs.Skipped(_prefix);

    /// <summary>Null if there is no such observation.</summary>
    public async Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        await blobs.FindAsync(_prefix + name, cancellationToken).ConfigureAwait(false) is { } entry ? Relative(entry) : null;

    /// <summary>The observation as a seekable stream; null if it does not exist.</summary>
    /// <param name="eTag">The version wanted, otherwise Changed is thrown; null for the current one.</param>
    public Task<Stream?> OpenAsync(string name, string? eTag, CancellationToken cancellationToken) =>
        blobs.OpenReadAsync(_prefix + name, eTag, cancellationToken);

    /// <summary>
    /// Opens the version of this ETag, or a later one with the same content hash. Null if the observation does not exist; throws Changed
    /// if its content is another.
    /// </summary>
    public async Task<Stream?> OpenSameContentAsync(string name, string eTag, string? hash, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(name, eTag, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException changed) when (changed.Error == StorageError.Changed && hash is not null)
        {
            if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is not { } now) return null;
            if (await HashAsync(now, cancellationToken).ConfigureAwait(false) != hash) throw;
            return await OpenAsync(name, now.ETag, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>MD5 of an observation's content in base64, from the store's metadata or by reading. Null if it does not exist.</summary>
    /// <exception cref="StorageException">Changed: the version is gone.</exception>
    public async Task<string?> HashAsync(BlobEntry observation, CancellationToken cancellationToken)
    {
        if (observation.ContentMd5 is { } known) return known;
        var stored = await OpenAsync(observation.Name, observation.ETag, cancellationToken).ConfigureAwait(false);
        if (stored is null) return null;
        await using (stored.ConfigureAwait(false)) return Convert.ToBase64String(
            await ContentHash.OfAsync(stored, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Uploads a file unless the store has the same bytes already, so that an interrupted upload of many files can be started again. The
    /// write replaces only the version that was compared. After a lost answer or a conflict the blob is compared again: the same bytes are
    /// not sent twice, since that would be another version of an observation that may be stacked already.
    /// </summary>
    /// <param name="progress">Receives the bytes sent so far.</param>
    public async Task<PutResult> PutAsync(string file, string name, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var content = new FileStream(
            file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (content.ConfigureAwait(false))
        {
            PutOutcome? unconfirmed = null;
            for (var triesLeft = 3; ; triesLeft--)
            {
                content.Position = 0;
                var before = await FindAsync(name, cancellationToken).ConfigureAwait(false);
                if (before is not null && before.Length == content.Length
                    && await SameAsync(before, content, cancellationToken).ConfigureAwait(false))
                    return new PutResult(unconfirmed ?? PutOutcome.AlreadyThere, before);
                content.Position = 0;
                var outcome = before is null ? PutOutcome.Uploaded : PutOutcome.Replaced;
                try
                {
                    var condition = before is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(before.ETag);
                    var result = await blobs.WriteAsync(_prefix + name, content, condition, progress, cancellationToken)
                        .ConfigureAwait(false);
                    if (!result.Written && triesLeft > 0) continue;
                    if (!result.Written)
                        throw StorageErrors.Changed(blobs.Description, _prefix + name, before?.ETag ?? "none", null);
                }
                catch (StorageException e) when (e.IsRetryable && triesLeft > 0)
                {
                    unconfirmed = outcome;
                    continue;
                }

                var after = await FindAsync(name, cancellationToken).ConfigureAwait(false)
                    ?? throw StorageErrors.NotFound(blobs.Description, _prefix + name);
                return new PutResult(outcome, after);
            }
        }
    }

    private async Task<bool> SameAsync(BlobEntry there, FileStream content, CancellationToken cancellationToken)
    {
        if (there.ContentMd5 is { } hash)
            return hash == Convert.ToBase64String(await ContentHash.OfAsync(content, cancellationToken).ConfigureAwait(false));
        var stored = await OpenAsync(there.Name, there.ETag, cancellationToken).ConfigureAwait(false);
        if (stored is null) return false;
        await using (stored.ConfigureAwait(false)) return await ContentHash.SameAsync(stored, content, cancellationToken)
            .ConfigureAwait(false);
    }

    private BlobEntry Relative(BlobEntry entry) => entry with { Name = entry.Name[_prefix.Length..] };
}
