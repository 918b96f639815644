using System.Runtime.CompilerServices;
using System.Text.Json;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Observations;

/// <summary>A record as found, and the ETag that its replacement has to match.</summary>
internal sealed record StoredRecord(ObservationRecord Record, string ETag);

/// <summary>The records of a survey's observations.</summary>
internal sealed class ObservationRecords(IBlobStore blobs, string survey)
{
    private const string Ending = ".json";
    private readonly string _folder = $"{SurveySetup.RootOf(survey)}observations/";

    /// <summary>Whether an observation of this name can have a record: the blob's name is longer than its own.</summary>
    public string? NameFault(string observation) => BlobName.Fault(BlobOf(observation));

    /// <summary>Null where there is none. One that is damaged is given as what can be made of it, to be written in its place.</summary>
    public async Task<StoredRecord?> ReadAsync(string observation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = BlobOf(observation);
        if (await blobs.ReadAsync(name, cancellationToken) is not { } content) return null;
        try
        {
            return new StoredRecord(ObservationRecord.Parse(content.Bytes.Span, observation, name), content.ETag);
        }
        catch (JsonException bad)
        {
            return new StoredRecord(ObservationLife.Damaged(observation, bad.Message, now), content.ETag);
        }
    }

    /// <summary>Of the record as it is now; null where there is none.</summary>
    public async Task<string?> FindETagAsync(string observation, CancellationToken cancellationToken) => (await blobs.FindAsync(BlobOf(observation), cancellationToken))?.ETag;

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

    /// <summary>The observations that have a record, and the ETag of each record.</summary>
    public async IAsyncEnumerable<(string Observation, string ETag)> ListVersionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in blobs.ListAsync(_folder, cancellationToken))
            if (entry.Name.EndsWith(Ending, StringComparison.Ordinal)) yield return (entry.Name[_folder.Length..^Ending.Length], entry.ETag);
    }

    private string BlobOf(string observation) => $"{_folder}{observation}{Ending}";
}
