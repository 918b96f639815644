using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Data;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>The GTI table: START and STOP in seconds since MJDREFI + MJDREFF in the scale TIMESYS.</summary>
public static class GtiTable
{
    private const double DayS = 86400;

    public static GoodTimeIntervals Read(FitsFile file, FitsTable table)
    {
        var place = HduPlace.Of(file, table);
        var header = table.Header;
        var mjdRef = (header.GetDouble("MJDREFI") ?? header.GetDouble("MJDREF") ?? 0) + (header.GetDouble("MJDREFF") ?? 0);
        var offsetS = (mjdRef - TimeInterval.ReferenceMjd) * DayS;
        var starts = Seconds(table, "START", place);
        var stops = Seconds(table, "STOP", place);
        var scale = header.GetString("TIMESYS") ?? "tt";
        double Tt(double seconds) => offsetS + seconds + TimeScale.TtMinusS(scale, mjdRef + seconds / DayS, place);
        return GoodTimeIntervals.Of(starts.Zip(stops, (start, stop) => new TimeInterval(Tt(start), Tt(stop))));
    }

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

    private static double[] Seconds(FitsTable table, string name, string place)
    {
        var column = table.Find(name) ?? throw MapErrors.Unsupported(place, $"no column {name}", "START and STOP");
        var unit = string.IsNullOrWhiteSpace(column.Unit) ? "s" : column.Unit;
        var factor = MapUnits.Factor($"{place}, column {name}", unit, "s");
        return [.. column.ReadDoubles().Select(value => value * factor)];
    }
}
