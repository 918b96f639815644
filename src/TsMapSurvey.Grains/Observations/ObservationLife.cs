using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>
/// The steps of an observation's life, from one durable record to the next. Stacked means: in each of its tiles and no other; Quarantined
/// and Retracted mean: in none. What lies between is gone on with until one of these is reached.
/// </summary>
internal static class ObservationLife
{
    /// <summary>
    /// The generation of the next decision: later than the last one, and by the clock where that is not known any more, since its record
    /// was damaged or deleted.
    /// </summary>
    public static long Next(long before, DateTimeOffset now) => long.Max(before + 1, now.ToUnixTimeMilliseconds());

    /// <summary>
    /// Of the tiles' answers the one that decides what becomes of an observation: a later decision comes before a refusal, and that before
    /// a version that is gone. Null: all tiles have it.
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

    /// <summary>For a record that cannot be read: which tiles hold the observation has to be found out.</summary>
    public static ObservationRecord Damaged(string name, string reason, DateTimeOffset now)
    {
        var told = $"{name}: its record was damaged ({reason}); what its tiles hold is looked at";
        return New(new ObservationRef(name, ""), now) with
        {
            State = RecordState.Changed,
            Damage = reason,
            Reason = told,
            History = [new RecordStep(RecordState.Changed, now, told)],
        };
    }

    /// <summary>The same content was written again.</summary>
    public static ObservationRecord SeenAgain(this ObservationRecord record, string eTag) => record with { ETag = eTag, SeenETag = eTag };

    /// <summary>Another content has come.</summary>
    public static ObservationRecord Replaced(this ObservationRecord record, string eTag, string? hash, DateTimeOffset now)
    {
        var next = record with
        {
            ETag = eTag,
            SeenETag = eTag,
            Hash = hash,
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
                Reason = $"{record.Name}: version {eTag} has come; each tile puts it in the place of the one before",
            };
    }

    /// <summary>Somebody wants it to be tried again.</summary>
    public static ObservationRecord Retried(this ObservationRecord record, string eTag, DateTimeOffset now) =>
        record.Replaced(eTag, null, now) with { ReceivedAt = record.ReceivedAt };

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
        Reason = record.Tiles.Count > 0 ? null : "no pixel of it is safe: it adds nothing",
    };

    /// <summary>It is to be in no tile: those that may hold some version of it have to let go first.</summary>
    public static ObservationRecord TakenOut(this ObservationRecord record, RecordState endsAs, string reason, DateTimeOffset now)
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

    /// <summary>The blob was deleted.</summary>
    public static ObservationRecord Deleted(this ObservationRecord record, DateTimeOffset now) =>
        record.TakenOut(RecordState.Retracted, $"{record.Name}: the store has it no longer", now) with { SeenETag = "" };

    /// <summary>No tile holds it any more.</summary>
    public static ObservationRecord Cleared(this ObservationRecord record, DateTimeOffset now) => record with
    {
        State = record.EndsAs,
        Tiles = [],
        Holders = [],
        RetractedAt = record.EndsAs == RecordState.Retracted ? now : null,
    };

    /// <summary>
    /// A damaged record's tiles are known now. Where none holds it nobody knows whether it was retracted: that is for people to say.
    /// </summary>
    public static ObservationRecord Found(this ObservationRecord record, IReadOnlyList<string> holders, DateTimeOffset now)
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
