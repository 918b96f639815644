using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>
/// The state transitions of an observation, from one durable record to the next. Stacked means in each of its tiles and in no other;
/// Quarantined and Retracted mean in no tile. All other states lead to one of these three.
/// </summary>
internal static class ObservationLife
{
    /// <summary>
    /// The generation of the next decision: greater than the last one. It is taken from the clock, since the last generation is unknown
    /// after a record was damaged or deleted.
    /// </summary>
    public static long Next(long before, DateTimeOffset now) => long.Max(before + 1, now.ToUnixTimeMilliseconds());

    /// <summary>
    /// Returns the tiles' answer that decides the next step: Superseded takes precedence over Refused, and Refused over Gone. Null if all
    /// tiles have applied the change.
    /// </summary>
    public static TileChangeResult? Decisive(TileChangeResult[] results) =>
        Array.Find(results, result => result.Outcome == TileChangeOutcome.Superseded)
        ?? Array.Find(results, result => result.Outcome == TileChangeOutcome.Refused)
        ?? Array.Find(results, result => result.Outcome == TileChangeOutcome.Gone);

    public static ObservationRecord New(ObservationRef observation, DateTimeOffset now) => new()
    {
        Name = observation.Name,
        ETag = observation.ETag,
        SeenETag = observation.ETag,
        State = RecordState.Received,
        Generation = Next(0, now),
        ReceivedAt = now,
        ChangedAt = now,
        History = [new RecordStep(RecordState.Received, now, null)],
    };

    /// <summary>Replaces a record that cannot be read; the tiles that hold the observation are unknown.</summary>
    public static ObservationRecord Damaged(string name, string reason, DateTimeOffset now)
    {
        var message = $"{name}: its record was damaged ({reason}); the tiles that hold it are being determined";
        return New(new ObservationRef(name, ""), now) with
        {
            State = RecordState.Changed,
            Damage = reason,
            Reason = message,
            History = [new RecordStep(RecordState.Changed, now, message)],
        };
    }

    /// <summary>For a blob that was written again with the same content.</summary>
    public static ObservationRecord WithETag(this ObservationRecord record, string eTag) => record with { ETag = eTag, SeenETag = eTag };

    /// <summary>For a blob with other content.</summary>
    public static ObservationRecord Replaced(this ObservationRecord record, string eTag, DateTimeOffset now)
    {
        var next = record with
        {
            ETag = eTag,
            SeenETag = eTag,
            Hash = null,
            Reduction = null,
            Generation = Next(record.Generation, now),
            PlannedAt = null,
            StackedAt = null,
            RetractedAt = null,
        };
        return record.Holders.Count == 0
            ? next with { State = RecordState.Received, Reason = null, Tiles = [], ReceivedAt = now }
            : next with
            {
                State = RecordState.Changed,
                Reason = $"{record.Name}: version {eTag} arrived; each tile replaces the version before",
            };
    }

    public static ObservationRecord Retried(this ObservationRecord record, string eTag, DateTimeOffset now) =>
        record.Replaced(eTag, now) with { ReceivedAt = record.ReceivedAt };

    public static ObservationRecord Planned(this ObservationRecord record, string? hash, IReadOnlyList<string> tiles, DateTimeOffset now)
    {
        var holders = tiles.Union(record.Holders);
        var planned = record with { Hash = hash, Tiles = tiles, Holders = [.. holders], PlannedAt = now, Reason = null };
        return planned.Holders.Count > 0 ? planned with { State = RecordState.Planned } : planned.Stacked(now);
    }

    public static ObservationRecord Stacked(this ObservationRecord record, DateTimeOffset now) => record with
    {
        State = RecordState.Stacked,
        Holders = record.Tiles,
        StackedAt = now,
        Reason = record.Tiles.Count > 0 ? null : "no pixel of it is inside both its mask and the survey: it adds no data",
    };

    /// <summary>Starts the removal from all tiles that may hold some version.</summary>
    public static ObservationRecord Removed(this ObservationRecord record, RecordState endsAs, string reason, DateTimeOffset now)
    {
        var leaving = record with
        {
            State = RecordState.Retracting,
            EndsAs = endsAs,
            Reason = reason,
            Generation = Next(record.Generation, now),
            StackedAt = null,
        };
        return leaving.Holders.Count > 0 || leaving.Damage is not null ? leaving : leaving.Cleared(now);
    }

    public static ObservationRecord Deleted(this ObservationRecord record, DateTimeOffset now) =>
        record.Removed(RecordState.Retracted, $"{record.Name}: it is no longer in the store", now) with { SeenETag = "" };

    /// <summary>All tiles have removed it.</summary>
    public static ObservationRecord Cleared(this ObservationRecord record, DateTimeOffset now) => record with
    {
        State = record.EndsAs,
        Tiles = [],
        Holders = [],
        RetractedAt = record.EndsAs == RecordState.Retracted ? now : null,
    };

    /// <summary>
    /// Completes a damaged record with the tiles that hold the observation. If no tile holds it, it may have been retracted: the user must
    /// decide between retry and retract.
    /// </summary>
    public static ObservationRecord WithHolders(this ObservationRecord record, IReadOnlyList<string> holders, DateTimeOffset now)
    {
        var known = record with { Damage = null, Holders = holders };
        if (record.State == RecordState.Retracting) return holders.Count > 0 ? known : known.Cleared(now);
        return holders.Count > 0 ? known : known with
        {
            State = RecordState.Quarantined,
            Reason = $"{record.Name}: its record was damaged ({record.Damage}) and no tile holds it; retry stacks it, retract keeps it out",
        };
    }
}
