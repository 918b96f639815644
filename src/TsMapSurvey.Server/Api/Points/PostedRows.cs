using System.Globalization;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;
using TsMapSurvey.Tables;
using TsMapSurvey.Tables.Reading;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>A row of a posted table.</summary>
internal readonly record struct PostedRow(string? Name, SkyPosition Position);

/// <summary>Finds the positions in a posted table.</summary>
internal static class PostedRows
{
    public const int MaxRows = 10_000;
    private const int MaxProblems = 10;
    private const int MaxNameCharacters = 200;

    private static readonly string[] Ra = ["ra", "_raj2000", "raj2000", "ra_icrs", "_ra.icrs", "_ra", "ra_deg", "radeg", "ra2000", "0"];

    private static readonly string[] Dec =
        ["dec", "_dej2000", "dej2000", "de_icrs", "_de.icrs", "_dec", "dec_deg", "decdeg", "decj2000", "dec2000", "de", "1"];

    private static readonly string[] Lon = ["l", "glon", "_glon", "gal_lon", "lon", "0"];
    private static readonly string[] Lat = ["b", "glat", "_glat", "gal_lat", "lat", "1"];
    private static readonly string[] Names = ["name", "id", "source_name", "source", "main_id", "designation", "2"];

    /// <exception cref="RequestException">400 with the rows whose position is missing or out of range, or with missing columns.</exception>
    public static IReadOnlyList<PostedRow> Read(ReadOnlyMemory<byte> body, RowFormat format, SkyFrame frame)
    {
        RowTable table;
        try
        {
            table = RowTable.Read(body, format, new RowLimits(MaxRows));
        }
        catch (TableException exception)
        {
            throw RequestErrors.BadRows([MessageText.Of(exception.Message)], 0);
        }

        if (table.Rows.Count == 0) throw RequestErrors.BadRows(["the table has no rows, expected 1 or more"], 0);
        var (lonNames, latNames) = frame == SkyFrame.Icrs ? (Ra, Dec) : (Lon, Lat);
        var ucds = frame == SkyFrame.Icrs ? ("pos.eq.ra", "pos.eq.dec") : ("pos.galactic.lon", "pos.galactic.lat");
        var (lon, lat) = (Column(table, lonNames, ucds.Item1), Column(table, latNames, ucds.Item2));
        var name = Find(table, Names, "meta.id");
        var (rows, problems, more) = (new List<PostedRow>(), new List<string>(), 0);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var degrees = (Number(row, lon, 360), Number(row, lat, 90));
            rows.Add(new PostedRow(name is { } column ? Shortened(table[row, column]) : null,
                new SkyPosition(degrees.Item1, degrees.Item2, frame)));
        }

        if (problems.Count > 0) throw RequestErrors.BadRows(problems, more);
        return rows;

        double Number(int row, int column, double limit)
        {
            var text = table[row, column];
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= limit)
                return value;
            if (problems.Count == MaxProblems) more++;
            else
                problems.Add(FormattableString.Invariant(
                    $"row {row + 1}, {MessageText.Of(table.Columns[column].Name)}: found '{MessageText.Of(text)}', expected a number of ")
                    + FormattableString.Invariant($"degrees from {-limit} to {limit}"));
            return 0;
        }
    }

    private static int Column(RowTable table, string[] names, string ucd)
    {
        var column = Find(table, names, ucd) ?? throw RequestErrors.BadRows(
            [$"columns: found {MessageText.Of(string.Join(", ", table.Columns.Select(one => one.Name).Take(20)))}, expected one of "
                + string.Join(", ", names.Where(name => !char.IsAsciiDigit(name[0])))], 0);
        var unit = table.Columns[column].Unit;
        return unit is null or "" or "deg" or "degree" or "degrees" or "°" ? column : throw RequestErrors.BadRows(
            [$"column {MessageText.Of(table.Columns[column].Name)}: found the unit '{MessageText.Of(unit)}', expected deg"], 0);
    }

    /// <summary>The column with the first of the names that the table has; without such a name, the one with the UCD.</summary>
    private static int? Find(RowTable table, string[] names, string ucd)
    {
        foreach (var name in names)
            for (var column = 0; column < table.Columns.Count; column++)
                if (table.Columns[column].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return column;
        for (var column = 0; column < table.Columns.Count; column++)
            if (table.Columns[column].Ucd?.StartsWith(ucd, StringComparison.OrdinalIgnoreCase) == true) return column;
        return null;
    }

    private static string? Shortened(string name) =>
        name.Length == 0 ? null : name.Length <= MaxNameCharacters ? name : name[..MaxNameCharacters];
}
