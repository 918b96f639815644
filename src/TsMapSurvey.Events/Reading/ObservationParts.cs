using TsMapSurvey.Events.Given;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Time;

namespace TsMapSurvey.Events.Reading;

/// <summary>Makes an observation of its HDUs, which may be in several files.</summary>
internal sealed class ObservationParts
{
    private readonly Dictionary<ResponseKind, PartTable> _tables = [];

    /// <summary>The first HDU of a kind counts.</summary>
    public void Add(ResponseKind kind, FitsFile file, FitsHdu hdu) => _tables.TryAdd(kind, PartTable.Of(file, hdu));

    /// <param name="place">File, or index and observation, for messages.</param>
    /// <param name="found">Names of all HDUs that were looked at.</param>
    public EventObservation Read(string place, IReadOnlyCollection<string> found)
    {
        PartTable Part(ResponseKind kind) => Table(kind, place, found);

        var events = Part(ResponseKind.Events);
        var (intervals, warnings) = GoodTime(events, place);
        return new EventObservation
        {
            Place = place,
            ObservationId = events.Header.GetString("OBS_ID")?.Trim(),
            Telescope = events.Header.GetString("TELESCOP")?.Trim(),
            Pointing = EventTableReader.Pointing(events),
            Events = Within(intervals, EventTableReader.Events(events), events.Place, warnings),
            Gti = intervals,
            LiveFraction = EventTableReader.LiveFraction(events, warnings),
            Site = EventTableReader.Site(events),
            EffectiveArea = ResponseReader.EffectiveArea(Part(ResponseKind.EffectiveArea), warnings),
            EnergyMigration = ResponseReader.EnergyMigration(Part(ResponseKind.EnergyMigration), warnings),
            PointSpread = ResponseReader.PointSpread(Part(ResponseKind.PointSpread), warnings),
            Background = BackgroundRateReader.Read(Part(ResponseKind.Background), EventTableReader.IsReversed(events), warnings),
            Warnings = warnings,
        };
    }

    /// <inheritdoc cref="Read"/>
    public GivenObservation ReadEvents(string place, IReadOnlyCollection<string> found)
    {
        var events = Table(ResponseKind.Events, place, found);
        var (intervals, warnings) = GoodTime(events, place);
        return new GivenObservation
        {
            Place = place,
            ObservationId = events.Header.GetString("OBS_ID")?.Trim(),
            Events = Within(intervals, EventTableReader.Events(events), events.Place, warnings),
            Gti = intervals,
            Warnings = warnings,
        };
    }

    private PartTable Table(ResponseKind kind, string place, IReadOnlyCollection<string> found)
    {
        var (what, expected) = HduRecognition.Describe(kind);
        return _tables.GetValueOrDefault(kind) ?? throw EventsErrors.MissingHdu(place, what, expected, found);
    }

    private (GoodTimeIntervals Intervals, List<string> Warnings) GoodTime(PartTable events, string place)
    {
        var warnings = new List<string>(_tables.Values.SelectMany(table => table.File.Warnings).Distinct());
        var intervals = EventTableReader.Intervals(events, _tables.GetValueOrDefault(ResponseKind.Gti), warnings);
        return intervals.TotalS > 0 ? (intervals, warnings)
            : throw EventsErrors.Unsupported(place, "no good time", "good time intervals (GTI) of more than zero seconds");
    }

    /// <summary>Exposure and background count good time only, so events outside of it are dropped. A second around them counts as
    /// good.</summary>
    private static EventList Within(GoodTimeIntervals gti, EventList events, string place, List<string> warnings)
    {
        // H.E.S.S. DL3 DR1 has intervals in whole seconds and events up to 0.7 s after their end.
        const double ToleranceS = 1;
        double[] starts = [.. gti.Intervals.Select(interval => interval.StartS - ToleranceS)];
        double[] stops = [.. gti.Intervals.Select(interval => interval.StopS + ToleranceS)];
        var good = new List<int>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            var found = Array.BinarySearch(starts, events.TimeS[i]);
            var last = found >= 0 ? found : ~found - 1;
            if (last >= 0 && events.TimeS[i] <= stops[last]) good.Add(i);
        }

        if (good.Count == events.Count) return events;
        warnings.Add($"{place}: {events.Count - good.Count} of {events.Count} events are outside the good time intervals and are left out");
        double[] Pick(double[] column) => [.. good.Select(i => column[i])];
        return new EventList(Pick(events.RaDeg), Pick(events.DecDeg), Pick(events.EnergyTeV), Pick(events.TimeS));
    }
}
