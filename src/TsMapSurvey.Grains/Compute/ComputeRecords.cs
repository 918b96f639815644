using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Compute;

/// <summary>A job's record as found, and the ETag that its replacement has to match.</summary>
internal sealed record StoredComputeRecord(ComputeRecord Record, string ETag);

/// <summary>The records and blobs of jobs in the store.</summary>
internal sealed class ComputeRecords(IBlobStore blobs)
{
    /// <summary>Null where there is no such job, or nothing can have its name.</summary>
    /// <exception cref="SurveyServiceException">WrongState: its record is damaged.</exception>
    public async Task<StoredComputeRecord?> FindAsync(string job, CancellationToken cancellationToken)
    {
        var name = ComputeRecord.BlobOf(job, ComputeRecord.FileName);
        if (job.Contains('/', StringComparison.Ordinal) || BlobName.Fault(name) is not null) return null;
        var content = await blobs.ReadAsync(name, cancellationToken);
        return content is null ? null : new StoredComputeRecord(ComputeRecord.Parse(content.Bytes.Span, job), content.ETag);
    }

    /// <summary>Replaces a record, or makes it where none is expected; null where somebody else has changed or deleted it.</summary>
    public async Task<StoredComputeRecord?> WriteAsync(ComputeRecord record, string? expectedETag, CancellationToken cancellationToken)
    {
        var content = record.Format();
        try
        {
            var result = await blobs.WriteAsync(record.Blob, content, expectedETag is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(expectedETag), cancellationToken);
            return result.Written ? new StoredComputeRecord(record, result.ETag!) : null;
        }
        catch (StorageException bad) when (bad.IsRetryable)
        {
            var there = await blobs.ReadAsync(record.Blob, cancellationToken);
            if (there is not null && there.Bytes.Span.SequenceEqual(content)) return new StoredComputeRecord(record, there.ETag);
            throw;
        }
    }

    /// <inheritdoc cref="DamagedBlobs.DropAsync"/>
    public Task<bool> DropDamagedAsync(string blob, CancellationToken cancellationToken) => DamagedBlobs.DropAsync(blobs, blob, cancellationToken);

    /// <summary>The datasets that did not arrive yet, by the names that they were announced with.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(ComputeRecord record, CancellationToken cancellationToken)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in blobs.ListAsync(ComputeRecord.BlobOf(record.Job, "datasets/"), cancellationToken)) there.Add(entry.Name);
        return [.. record.Datasets.Where((_, dataset) => !there.Contains(record.DatasetBlob(dataset)))];
    }

    /// <summary>Every job that has a blob, with the time of its newest one.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListAsync(CancellationToken cancellationToken)
    {
        var jobs = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var entry in blobs.ListAsync(ComputeRecord.Root, cancellationToken))
        {
            var job = entry.Name[ComputeRecord.Root.Length..].Split('/')[0];
            if (!SurveyNames.IsJob(job)) continue;
            if (!jobs.TryGetValue(job, out var newest) || entry.LastModified > newest) jobs[job] = entry.LastModified;
        }

        return jobs;
    }

    /// <summary>Deletes all of a job; its record last, so that what a failure leaves is found again.</summary>
    public async Task DeleteAsync(string job, CancellationToken cancellationToken)
    {
        var (folder, record, names) = (ComputeRecord.BlobOf(job, ""), ComputeRecord.BlobOf(job, ComputeRecord.FileName), new List<string>());
        await foreach (var entry in blobs.ListAsync(folder, cancellationToken))
            if (entry.Name != record) names.Add(entry.Name);
        foreach (var name in names) await blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken);
        await blobs.DeleteAsync(record, WriteCondition.Always, cancellationToken);
    }
}
