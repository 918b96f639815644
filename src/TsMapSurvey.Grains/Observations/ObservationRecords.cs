using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>A record as found, and the ETag that its replacement has to match.</summary>
internal sealed record StoredRecord(ObservationRecord Record, string ETag);

/// <summary>The records of a survey's observations.</summary>
internal sealed class ObservationRecords(IBlobStore blobs, string survey)
{
    private const string Ending = ".json";
    private const int Readers = 16;
    private readonly string _folder = $"{SurveySetup.RootOf(survey)}observations/";

    /// <summary>Whether an observation of this name can have a record: the blob's name is longer than its own.</summary>
    public string? NameFault(string observation) => BlobName.Fault(BlobOf(observation));

    public async Task<StoredRecord?> ReadAsync(string observation, CancellationToken cancellationToken)
    {
        var name = BlobOf(observation);
        var content = await blobs.ReadAsync(name, cancellationToken);
        return content is null ? null : new StoredRecord(ObservationRecord.Parse(content.Bytes.Span, name), content.ETag);
    }

    /// <summary>Replaces a record; null where another writer was faster.</summary>
    /// <exception cref="StorageException">The outcome is unknown.</exception>
    public async Task<StoredRecord?> WriteAsync(ObservationRecord record, string? expectedETag, CancellationToken cancellationToken)
    {
        var (name, content) = (BlobOf(record.Name), record.Format());
        try
        {
            var condition = expectedETag is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(expectedETag);
            var result = await blobs.WriteAsync(name, content, condition, cancellationToken);
            return result.Written ? new StoredRecord(record, result.ETag!) : null;
        }
        catch (StorageException bad) when (bad.IsRetryable)
        {
            var there = await blobs.ReadAsync(name, cancellationToken);
            if (there is not null && there.Bytes.Span.SequenceEqual(content)) return new StoredRecord(record, there.ETag);
            throw;
        }
    }

    /// <summary>All records, in no order; what cannot be read is passed over: its observation is then read anew.</summary>
    public async IAsyncEnumerable<ObservationRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = new Queue<Task<ObservationRecord?>>();
        await foreach (var entry in blobs.ListAsync(_folder, cancellationToken))
        {
            if (!entry.Name.EndsWith(Ending, StringComparison.Ordinal)) continue;
            reading.Enqueue(FindAsync(entry.Name[_folder.Length..^Ending.Length], cancellationToken));
            if (reading.Count >= Readers && await reading.Dequeue() is { } record) yield return record;
        }

        while (reading.TryDequeue(out var last))
            if (await last is { } record) yield return record;
    }

    private async Task<ObservationRecord?> FindAsync(string observation, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(observation, cancellationToken))?.Record;
        }
        catch (SurveyServiceException)
        {
            return null;
        }
    }

    private string BlobOf(string observation) => $"{_folder}{observation}{Ending}";
}
