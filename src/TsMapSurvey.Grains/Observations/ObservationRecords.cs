using System.Runtime.CompilerServices;
using System.Text.Json;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Observations;

/// <summary>A record as found, and the ETag that its replacement has to match.</summary>
internal sealed record StoredRecord(ObservationRecord Record, string ETag);

/// <summary>The records of a survey's observations.</summary>
internal sealed class ObservationRecords(IBlobStore blobs, string survey)
{
    private readonly SurveyLayout _layout = new(survey);

    /// <summary>Whether an observation of this name can have a record: the blob's name is longer than its own.</summary>
    public string? NameFault(string observation) => BlobName.Fault(_layout.Record(observation));

    /// <summary>Null where there is none. One that is damaged is given as what can be made of it, to be written in its place.</summary>
    public async Task<StoredRecord?> ReadAsync(string observation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = _layout.Record(observation);
        if (await blobs.ReadAsync(name, cancellationToken) is not { } content) return null;
        try
        {
            return new StoredRecord(ObservationRecord.Parse(content.Bytes.Span, observation, blobs.Description, name), content.ETag);
        }
        catch (JsonException exception)
        {
            return new StoredRecord(ObservationLife.Damaged(observation, exception.Message, now), content.ETag);
        }
    }

    /// <summary>Of the record as it is now; null where there is none.</summary>
    public async Task<string?> FindETagAsync(string observation, CancellationToken cancellationToken) =>
        (await blobs.FindAsync(_layout.Record(observation), cancellationToken))?.ETag;

    /// <summary>Replaces a record; null where another writer was faster.</summary>
    /// <exception cref="StorageException">The outcome is unknown.</exception>
    public async Task<StoredRecord?> WriteAsync(ObservationRecord record, string? expectedETag, CancellationToken cancellationToken) =>
        await MutableBlobs.ReplaceAsync(blobs, _layout.Record(record.Name), record.Format(), expectedETag, cancellationToken) is { } eTag
            ? new StoredRecord(record, eTag)
            : null;

    /// <summary>The observations that have a record, and the ETag of each record.</summary>
    public async IAsyncEnumerable<(string Observation, string ETag)> ListVersionsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in blobs.ListAsync(_layout.Records, cancellationToken))
            if (_layout.ObservationOf(entry.Name) is { } observation) yield return (observation, entry.ETag);
    }
}
