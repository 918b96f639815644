using System.Text.Json;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Compute;

/// <summary>A job's stored record and its ETag, for conditional writes.</summary>
internal sealed record StoredComputeRecord(ComputeRecord Record, string ETag);

internal sealed class ComputeRecords(IBlobStore blobs)
{
    /// <summary>Returns null if there is no such job or its name is invalid.</summary>
    /// <exception cref="SurveyServiceException">WrongState: the record is damaged.</exception>
    public async Task<StoredComputeRecord?> FindAsync(string job, CancellationToken cancellationToken)
    {
        var layout = new JobLayout(job);
        if (!layout.IsValidJobId || await blobs.ReadAsync(layout.Record, cancellationToken) is not { } content) return null;
        try
        {
            return new StoredComputeRecord(ComputeRecord.Parse(content.Bytes.Span), content.ETag);
        }
        catch (JsonException exception)
        {
            throw ServiceErrors.DamagedJob(job, exception.Message);
        }
    }

    /// <summary>Replaces a record, or creates it if no ETag is expected. Returns null if the record was changed or deleted since.</summary>
    /// <exception cref="StorageException">The outcome is unknown.</exception>
    public async Task<StoredComputeRecord?> WriteAsync(ComputeRecord record, string? expectedETag, CancellationToken cancellationToken) =>
        await MutableBlobs.ReplaceAsync(blobs, record.Layout.Record, record.Format(), expectedETag, cancellationToken) is { } eTag
            ? new StoredComputeRecord(record, eTag)
            : null;

    /// <summary>Returns the facts of a finished block, or null. Damaged facts are deleted, so that the block is computed again.</summary>
    public async Task<BlockFacts?> FindFactsAsync(string name, CancellationToken cancellationToken)
    {
        if (await blobs.ReadAsync(name, cancellationToken) is not { } content) return null;
        if (BlockFacts.Parse(content.Bytes.Span) is { } facts) return facts;
        await blobs.DeleteAsync(name, WriteCondition.IfMatch(content.ETag), cancellationToken);
        return null;
    }

    /// <inheritdoc cref="DamagedBlobs.DropAsync"/>
    public Task<bool> DropDamagedAsync(string blob, CancellationToken cancellationToken) =>
        DamagedBlobs.DropAsync(blobs, blob, cancellationToken);

    /// <summary>Returns the names of the datasets that are not uploaded yet.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(ComputeRecord record, CancellationToken cancellationToken)
    {
        var uploaded = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in blobs.ListAsync(record.Layout.Datasets, cancellationToken)) uploaded.Add(entry.Name);
        return [.. record.Datasets.Where((_, dataset) => !uploaded.Contains(record.Layout.Dataset(dataset)))];
    }

    /// <summary>Returns every job that has a blob, with the time of its newest blob.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListAsync(CancellationToken cancellationToken)
    {
        var jobs = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var entry in blobs.ListAsync(JobLayout.Jobs, cancellationToken))
        {
            var job = JobLayout.JobOf(entry.Name);
            if (!SurveyNames.IsJob(job)) continue;
            if (!jobs.TryGetValue(job, out var newest) || entry.LastModified > newest) jobs[job] = entry.LastModified;
        }

        return jobs;
    }

    /// <summary>Deletes a job's blobs, the record last, so that a retry finds what a failure left.</summary>
    public async Task DeleteAsync(string job, CancellationToken cancellationToken)
    {
        var (layout, names) = (new JobLayout(job), new List<string>());
        await foreach (var entry in blobs.ListAsync(layout.Folder, cancellationToken))
            if (entry.Name != layout.Record) names.Add(entry.Name);
        foreach (var name in names) await blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken);
        await blobs.DeleteAsync(layout.Record, WriteCondition.Always, cancellationToken);
    }
}
