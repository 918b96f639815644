using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Coverage;

/// <summary>
/// MOCs as FITS (IVOA MOC 2.0, section 4.3.1): a table with one column of 64-bit integers. A region is written as NUNIQ numbers (a cell
/// of an order is 4 * 4^order + index), with the keywords of MOC 1.1 and 2.0; also ranges of cells of order 29 are read.
/// </summary>
public static class MocFile
{
    private const string Space = "SPACE";
    private const string TimeSpace = "TIME.SPACE";
    private const string FrequencySpace = "FREQUENCY.SPACE";

    public static void Write(FitsWriter writer, Moc moc)
    {
        var header = Header(Space, "NUNIQ").Set("PIXTYPE", "HEALPIX").Set("MOCORDER", moc.Order, "as in MOC 1.1")
            .Set("MOCORD_S", moc.Order).Set("COORDSYS", "C", "ICRS");
        long[] numbers = [.. moc.Cells().Select(cell => (4L << (2 * cell.Order)) + cell.Index)];
        writer.WriteTable("MOC", [FitsTableColumn.Integers("UNIQ", numbers)], header);
    }

    public static void Write(FitsWriter writer, SpaceTimeMoc moc)
    {
        var header = Header(TimeSpace, "RANGE").Set("MOCORD_T", moc.TimeOrder).Set("MOCORD_S", moc.SpaceOrder)
            .Set("COORDSYS", "C", "ICRS").Set("TIMESYS", "TCB", "microseconds since JD 0");
        var numbers = new List<long>();
        foreach (var part in moc.Parts)
        {
            foreach (var time in part.Times) numbers.AddRange([time.First | long.MinValue, time.End | long.MinValue]);
            foreach (var cells in part.Space.Ranges) numbers.AddRange([cells.First, cells.End]);
        }

        writer.WriteTable("MOC", [FitsTableColumn.Integers("RANGE", [.. numbers])], header);
    }

    /// <summary>A coverage that is the same for all frequencies of some cells (IVOA MOC 2.1): ranges of cells of order 51.</summary>
    public static void Write(FitsWriter writer, FrequencyCells frequencies, Moc space)
    {
        var header = Header(FrequencySpace, "RANGE").Set("MOCORD_F", frequencies.Order).Set("MOCORD_S", space.Order)
            .Set("COORDSYS", "C", "ICRS");
        var finest = frequencies.At(FrequencyCells.DeepestOrder);
        List<long> numbers = [finest.First | long.MinValue, finest.End | long.MinValue];
        foreach (var cells in space.Ranges) numbers.AddRange([cells.First, cells.End]);
        writer.WriteTable("MOC", [FitsTableColumn.Integers("RANGE", [.. numbers])], header);
    }

    /// <summary>The first MOC in the file, in MOC 1.0, 1.1 or 2.0.</summary>
    /// <exception cref="MapException">There is none, or it is of time or of other coordinates, or damaged.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static Moc Read(FitsFile file)
    {
        var table = Find(file);
        var (place, header) = (HduPlace.Of(file, table), table.Header);
        if (header.GetString("MOCDIM")?.Trim() is { } found and not Space)
            throw MapErrors.Unsupported(place, $"MOCDIM '{found}'", "SPACE");
        CheckFrame(place, header);
        var order = Order(place, header, header.Contains("MOCORD_S") ? "MOCORD_S" : "MOCORDER", HealpixCell.DeepestOrder) ?? 0;
        var numbers = Numbers(place, table);
        return InFile(place, () => Ordering(header) switch
        {
            "NUNIQ" or "UNIQ" => Moc.OfCells(numbers.Select(number => CellOf(place, number)), order),
            "RANGE" or "RANGE29" => Moc.OfRanges(Pairs(place, numbers), order),
            var other => throw MapErrors.Unsupported(place, $"ORDERING '{other}'", "NUNIQ or RANGE"),
        });
    }

    /// <summary>The first space-time MOC in the file.</summary>
    /// <inheritdoc cref="Read"/>
    public static SpaceTimeMoc ReadSpaceTime(FitsFile file)
    {
        var table = Find(file);
        var (place, header) = (HduPlace.Of(file, table), table.Header);
        if (header.GetString("MOCDIM")?.Trim() is var found and not TimeSpace)
            throw MapErrors.Unsupported(place, $"MOCDIM '{found}'", TimeSpace);
        if (Ordering(header) != "RANGE") throw MapErrors.Unsupported(place, $"ORDERING '{Ordering(header)}'", "RANGE");
        CheckFrame(place, header);
        var timeOrder = Order(place, header, "MOCORD_T", SpaceTimeMoc.FinestTimeOrder) ?? SpaceTimeMoc.FinestTimeOrder;
        var spaceOrder = Order(place, header, "MOCORD_S", HealpixCell.DeepestOrder) ?? HealpixCell.DeepestOrder;
        var parts = new List<(List<CellRange> Times, List<CellRange> Cells)>();
        foreach (var (first, end) in Pairs(place, Numbers(place, table)))
        {
            if (first < 0 && (parts.Count == 0 || parts[^1].Cells.Count > 0)) parts.Add(([], []));
            if (parts.Count == 0) throw MapErrors.Unsupported(place, "a range of cells before the first range of times", "times first");
            if (first < 0) parts[^1].Times.Add(new CellRange(first & long.MaxValue, end & long.MaxValue));
            else parts[^1].Cells.Add(new CellRange(first, end));
        }

        return InFile(place, () => SpaceTimeMoc.Of(
            parts.Select(part => new SpaceTimePart([.. part.Times], Moc.OfRanges(part.Cells))), timeOrder, spaceOrder));
    }

    private static FitsHeader Header(string dimension, string ordering) => new FitsHeader().Set("MOCVERS", "2.0")
        .Set("MOCDIM", dimension).Set("ORDERING", ordering).Set("MOCTOOL", "TsMapSurvey");

    private static FitsTable Find(FitsFile file)
    {
        if (file.Hdus.OfType<FitsTable>().FirstOrDefault(table => Ordering(table.Header) is not null) is { } found) return found;
        throw MapErrors.Unsupported(file.Name, "no table with the keyword ORDERING", "a MOC");
    }

    private static string? Ordering(FitsHeader header) => header.GetString("ORDERING")?.Trim();

    private static void CheckFrame(string place, FitsHeader header)
    {
        if (header.GetString("COORDSYS")?.Trim() is { Length: > 0 } frame and not "C")
            throw MapErrors.Unsupported(place, $"COORDSYS '{frame}'", "C: a MOC is in ICRS");
    }

    private static int? Order(string place, FitsHeader header, string keyword, int finest) => header.GetInteger(keyword) switch
    {
        null => null,
        { } order when order >= 0 && order <= finest => (int)order,
        { } order => throw MapErrors.Unsupported(place, $"{keyword} {order}", $"0 to {finest}"),
    };

    private static long[] Numbers(string place, FitsTable table)
    {
        if (table.Columns.Count != 1) throw MapErrors.Unsupported(place, $"{table.Columns.Count} columns", "one");
        var count = table.RowCount * Math.Max(1, table.Columns[0].Repeat);
        if (count > 2L * Moc.MaxCells) throw MapErrors.Unsupported(place, $"{count} numbers", $"at most {2L * Moc.MaxCells}");
        return table.Columns[0].ReadIntegers();
    }

    private static HealpixCell CellOf(string place, long number)
    {
        var order = number < 4 ? -1 : (int)long.Log2(number / 4) / 2;
        var cell = new HealpixCell(order, number - (order < 0 ? 0 : 4L << (2 * order)));
        return cell.Exists ? cell : throw MapErrors.Unsupported(place, $"the number {number}",
            $"numbers of cells of the orders 0 to {HealpixCell.DeepestOrder}: 4 * 4^order + index");
    }

    private static IEnumerable<CellRange> Pairs(string place, long[] numbers)
    {
        if (numbers.Length % 2 != 0) throw MapErrors.Unsupported(place, $"{numbers.Length} numbers", "pairs: the ends of ranges");
        for (var i = 0; i < numbers.Length; i += 2) yield return new CellRange(numbers[i], numbers[i + 1]);
    }

    /// <summary>Names the place of a fault of the content.</summary>
    private static T InFile<T>(string place, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (SkyException exception)
        {
            throw MapErrors.BadGeometry(place, exception.Message);
        }
    }
}
