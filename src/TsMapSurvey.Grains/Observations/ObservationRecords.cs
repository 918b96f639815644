using System.Runtime.CompilerServices;
using System.Text.Json;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Observations;

/// <summary>An observation's stored record and its ETag, for conditional writes.</summary>
internal sealed record StoredRecord(ObservationRecord Record, string ETag);

internal sealed class ObservationRecords(IBlobStore blobs, string survey)
{
    private readonly SurveyLayout _layout = new(survey);

    /// <summary>Why an observation of this name cannot have a record, whose blob name is longer; null if it can.</summary>
    public string? NameFault(string observation) => BlobName.Fault(_layout.Record(observation));

    /// <summary>Returns null if there is none, and <see cref="ObservationLife.Damaged"/> for a record that cannot be read.</summary>
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

    public async Task<string?> FindETagAsync(string observation, CancellationToken cancellationToken) =>
        (await blobs.FindAsync(_layout.Record(observation), cancellationToken))?.ETag;

    /// <summary>Replaces a record. Returns null if another writer has changed it since.</summary>
    /// <exception cref="StorageException">The outcome is unknown.</exception>
    public async Task<StoredRecord?> WriteAsync(ObservationRecord record, string? expectedETag, CancellationToken cancellationToken) =>
        await MutableBlobs.ReplaceAsync(blobs, _layout.Record(record.Name), record.Format(), expectedETag, cancellationToken) is { } eTag
            ? new StoredRecord(record, eTag)
            : null;

    /// <summary>Lists the observations that have a record, with the record's ETag.</summary>
    public async IAsyncEnumerable<(string Observation, string ETag)> ListVersionsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in blobs.ListAsync(_layout.Records, cancellationToken))
            if (_layout.ObservationOf(entry.Name) is { } observation) yield return (observation, entry.ETag);
    }
}
