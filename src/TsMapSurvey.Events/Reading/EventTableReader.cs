using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reading;

/// <summary>Reads the EVENTS table and its header.</summary>
internal static class EventTableReader
{
    private const double DayS = 86400;

    /// <summary>16 million events: a hundred times a long observation.</summary>
    private const long MaxEvents = 1 << 24;

    /// <summary>The columns as they are in the file.</summary>
    public static EventList Events(PartTable table)
    {
        if (table.Table.RowCount > MaxEvents) throw EventsErrors.TooLarge(table.Place, "events", table.Table.RowCount, MaxEvents);
        var times = Column(table, "TIME", "s");
        var header = table.Header;
        var reference = (header.GetDouble("MJDREFI") ?? header.GetDouble("MJDREF") ?? throw EventsErrors.MissingKeyword(
            table.Place, "MJDREFI", "the reference of the column TIME")) + (header.GetDouble("MJDREFF") ?? 0);
        var scale = header.GetString("TIMESYS") ?? "tt";
        var (offsetS, place) = ((reference - TimeInterval.ReferenceMjd) * DayS, table.Place);
        double TtMinusS(double time) => TimeScale.TtMinusS(scale, reference + time / DayS, place);
        // The difference of two scales never decreases: where it is the same for the first and the last event, it is for all.
        var (first, last) = times.Length == 0 ? (0, 0) : (TtMinusS(times.Min()), TtMinusS(times.Max()));
        for (var i = 0; i < times.Length; i++) times[i] += offsetS + (first == last ? last : TtMinusS(times[i]));
        return new EventList(Angles(table, "RA"), Angles(table, "DEC"), Column(table, "ENERGY", "TeV"), times);
    }

    public static SkyPosition Pointing(PartTable table)
    {
        if (table.Header.GetString("OBS_MODE")?.Trim().ToUpperInvariant() is ("DRIFT" or "SLEW") and var mode)
            throw EventsErrors.Unsupported(table.Place, $"OBS_MODE = {mode}", "a telescope that follows a position of the sky (POINTING)");
        double Angle(string keyword, double limit)
        {
            var value = table.Header.GetDouble(keyword) ?? throw EventsErrors.MissingKeyword(
                table.Place, keyword, "the direction of the telescope in degrees");
            return Math.Abs(value) <= limit ? value
                : throw EventsErrors.BadKeyword(table.Place, keyword, value, $"at most {limit} degrees");
        }

        return new SkyPosition(Angle("RA_PNT", 360), Angle("DEC_PNT", 90), SkyFrame.Icrs);
    }

    /// <summary>Good time intervals of the table, or the whole observation if it has none.</summary>
    public static GoodTimeIntervals Intervals(PartTable events, PartTable? gti, List<string> warnings)
    {
        if (gti is not null) return GtiTable.Read(gti.File, gti.Table);
        double Second(string keyword) => events.Header.GetDouble(keyword) ?? throw EventsErrors.MissingKeyword(
            events.Place, keyword, "the time of the observation, since the file has no GTI");
        var header = events.Header;
        var reference = (header.GetDouble("MJDREFI") ?? header.GetDouble("MJDREF") ?? 0) + (header.GetDouble("MJDREFF") ?? 0);
        var ttS = (reference - TimeInterval.ReferenceMjd) * DayS
            + TimeScale.TtMinusS(header.GetString("TIMESYS") ?? "tt", reference, events.Place);
        warnings.Add($"{events.Place}: the file has no GTI; the time from TSTART to TSTOP is taken as good");
        return GoodTimeIntervals.Of([new TimeInterval(ttS + Second("TSTART"), ttS + Second("TSTOP"))]);
    }

    /// <summary>DEADC, or else LIVETIME / ONTIME.</summary>
    public static double LiveFraction(PartTable table, List<string> warnings)
    {
        var fraction = table.Header.GetDouble("DEADC") ?? table.Header.GetDouble("LIVETIME") / table.Header.GetDouble("ONTIME");
        if (fraction is not { } found)
        {
            warnings.Add($"{table.Place}: found neither DEADC nor LIVETIME and ONTIME; no dead time is assumed");
            return 1;
        }

        return found is > 0 and <= 1 ? found
            : throw EventsErrors.BadKeyword(table.Place, "DEADC", found, "a fraction of live time above 0 and at most 1");
    }

    public static EarthPlace? Site(PartTable table) =>
        Number(table, "GEOLON") is { } lon && Number(table, "GEOLAT") is { } lat ? new EarthPlace(lon, lat) : null;

    /// <summary>Whether FOVALIGN means the reversed longitude: files of this writer in version 0.2, as in gammapy
    /// (data/observations.py).</summary>
    public static bool IsReversed(PartTable table) =>
        table.Header.GetString("CREATOR")?.Trim() == "SASH FITS::EventListWriter" && table.Header.GetString("HDUVERS")?.Trim() == "0.2";

    // astropy converts a column of single precision to radians in single precision, 0.03" at most, before it computes in double. The same
    // is done here, so that an event at the border of two pixels is counted in the same one as by gammapy.
    private static double[] Angles(PartTable table, string name)
    {
        var values = Column(table, name, "deg");
        if (table.Column(name).Type == FitsColumnType.Single)
            for (var i = 0; i < values.Length; i++) values[i] = double.RadiansToDegrees((float)values[i] * (float)(Math.PI / 180));
        return values;
    }

    private static double[] Column(PartTable table, string name, string unit)
    {
        var column = table.Column(name);
        if (column.Repeat != 1 || column.IsVariable)
            throw EventsErrors.BadShape(table.Place, name, $"{column.Repeat} values in a row", "one value for each event");
        var (values, factor) = (column.ReadDoubles(), table.Factor(column, unit, unit));
        if (factor != 1)
            for (var i = 0; i < values.Length; i++) values[i] *= factor;
        return values;
    }

    /// <summary>Some writers store numbers as text.</summary>
    private static double? Number(PartTable table, string keyword) =>
        double.TryParse(table.Header.GetString(keyword), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
}
