using TsMapSurvey.Contracts;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains;

/// <summary>
/// Converts stored documents to wire records and back. The two forms are separate because stored documents must stay readable for ever.
/// </summary>
internal static class WireForms
{
    extension(ObservationRecord record)
    {
        public ObservationRef Version => new(record.Name, record.ETag, record.Hash);
    }

    extension(LedgerEntry entry)
    {
        public ObservationRef Version => new(entry.Observation, entry.ETag, entry.Hash);
    }

    public static ObservationStatus ToStatus(this ObservationRecord record) => new(
        record.Name, record.ETag, record.State.ToWire(), record.Reason,
        [.. record.State == RecordState.Retracting ? record.Holders : record.Tiles], record.ReceivedAt, record.PlannedAt, record.StackedAt,
        record.ChangedAt, record.SeenETag, record.RetractedAt,
        [.. record.History.Select(step => new StateChange(step.State.ToWire(), step.At, step.Reason))], record.Identity,
        record.Reduction is { } found ? new(found.MinTeV, found.MaxTeV, found.BackgroundNorm, found.BackgroundNormError) : null);

    public static RecordedReduction ToRecorded(this ObservationRange range) => new(
        range.MinTeV, double.IsPositiveInfinity(range.MaxTeV) ? null : range.MaxTeV, range.BackgroundNorm, range.BackgroundNormError);

    public static ObservationEntry ToEntry(this ObservationRecord record) =>
        new(record.Name, record.SeenETag, record.State.ToWire(), record.ChangedAt, record.Tiles.Count, record.Reason, record.Identity);

    public static ObservationState ToWire(this RecordState state) => (ObservationState)state;

    public static ComputeState ToWire(this JobState state) => (ComputeState)state;

    public static SliceWindow ToWire(this StoredWindow window) =>
        new(window.Slice, window.FirstNight, window.LastNight, window.Start, window.End);

    public static StoredWindow ToStored(this SliceWindow window) =>
        new(window.Slice, window.FirstNight, window.LastNight, window.Start, window.End);
}
