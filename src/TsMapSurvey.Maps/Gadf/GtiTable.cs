using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Time;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>The GTI table: START and STOP in seconds since MJDREFI + MJDREFF in the scale TIMESYS.</summary>
public static class GtiTable
{
    private const double DayS = 86400;

    /// <summary>Reads the intervals of an observation. They may be in any order, overlap or be empty.</summary>
    /// <exception cref="MapException">START or STOP is missing or not finite, or an interval ends before it begins; the message has its
    /// 1-based row.</exception>
    public static GoodTimeIntervals Read(FitsFile file, FitsTable table)
    {
        var (starts, stops) = (Seconds(file, table, "START"), Seconds(file, table, "STOP"));
        for (var row = 0; row < starts.Length; row++)
            if (!(stops[row] >= starts[row] && double.IsFinite(stops[row] - starts[row])))
                throw MapErrors.BadInterval(HduPlace.Of(file, table), row + 1, starts[row], stops[row]);
        return Of(file, table, starts, stops);
    }

    /// <summary>
    /// Reads the intervals of computed maps, which are only passed on: an interval that ends before it begins is skipped.
    /// </summary>
    public static GoodTimeIntervals ReadForMaps(FitsFile file, FitsTable table) =>
        Of(file, table, Seconds(file, table, "START"), Seconds(file, table, "STOP"));

    public static void Write(FitsWriter writer, GoodTimeIntervals gti)
    {
        var header = new FitsHeader();
        header.Set("MJDREFI", (long)TimeInterval.ReferenceMjd);
        header.Set("MJDREFF", 0.0);
        header.Set("TIMEUNIT", "s");
        header.Set("TIMESYS", "tt");
        writer.WriteTable(
            "GTI",
            [
                FitsTableColumn.Doubles("START", [.. gti.Intervals.Select(interval => interval.StartS)], "s"),
                FitsTableColumn.Doubles("STOP", [.. gti.Intervals.Select(interval => interval.StopS)], "s"),
            ],
            header);
    }

    private static GoodTimeIntervals Of(FitsFile file, FitsTable table, double[] starts, double[] stops)
    {
        var header = table.Header;
        var mjdRef = (header.GetDouble("MJDREFI") ?? header.GetDouble("MJDREF") ?? 0) + (header.GetDouble("MJDREFF") ?? 0);
        var offsetS = (mjdRef - TimeInterval.ReferenceMjd) * DayS;
        var scale = header.GetString("TIMESYS") ?? "tt";
        double Tt(double seconds) => offsetS + seconds + TimeScale.TtMinusS(scale, mjdRef + seconds / DayS, HduPlace.Of(file, table));
        return GoodTimeIntervals.Of(starts.Zip(stops, (start, stop) => new TimeInterval(Tt(start), Tt(stop))));
    }

    private static double[] Seconds(FitsFile file, FitsTable table, string name)
    {
        var place = HduPlace.Of(file, table);
        var column = table.Find(name) ?? throw MapErrors.Unsupported(place, $"no column {name}", "START and STOP");
        var unit = string.IsNullOrWhiteSpace(column.Unit) ? "s" : column.Unit;
        var factor = MapUnits.Factor($"{place}, column {name}", unit, "s");
        return [.. column.ReadDoubles().Select(value => value * factor)];
    }
}
