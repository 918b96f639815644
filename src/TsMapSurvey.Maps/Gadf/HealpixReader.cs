using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Healpix;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// Reads HEALPix maps from tables: gammapy's and the Fermi tools' (a column for each plane: CHANNELn, ENERGYn), sparse ones (PIX, CHANNEL,
/// VALUE), healpy's (rows of many pixels), and one row of planes for each pixel (SPECTRA). All pixels, those from FIRSTPIX to LASTPIX, or
/// those in a column PIX; RING or NESTED; galactic or equatorial.
/// </summary>
public static class HealpixReader
{
    private static readonly string[] PixelColumns = ["PIX", "PIXEL"];

    /// <exception cref="MapException">The layout is not one of these, or sizes do not match.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static HealpixMap Read(FitsFile file, FitsHdu hdu)
    {
        var place = HduPlace.Of(file, hdu);
        if (hdu is not FitsTable table) throw MapErrors.Unsupported(place, "a HEALPix map that is not a table", "a table");
        var (order, isNested) = (OrderOf(table, place), IsNested(table, place));
        var pixels = PixelColumns.Select(table.Find).FirstOrDefault(column => column is not null);
        var unit = table.Header.GetString("BUNIT") ?? "";
        var values = pixels is not null && table.Find("VALUE") is { } sparse && table.Find("CHANNEL") is { } channels
            ? Sparse(pixels, channels, sparse, place) : Planes(table, order, pixels, place);
        if (unit.Length == 0) unit = values.Unit;
        var axes = AxesOf(file, table, values.Planes.Length, place);
        var nested = Array.ConvertAll(values.Pixels, pixel => Nested(order, pixel, isNested, place));
        var all = values.Pixels.LongLength == HealpixCell.Count(order);
        var sorted = nested.ToArray();
        var rows = Enumerable.Range(0, nested.Length).ToArray();
        Array.Sort(sorted, rows);
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i] == sorted[i - 1])
                throw MapErrors.BadGeometry(place, $"found pixel {values.Pixels[rows[i]]} twice, expected it once");
        var data = new double[checked(values.Planes.Length * nested.Length)];
        for (var plane = 0; plane < values.Planes.Length; plane++)
            for (var i = 0; i < rows.Length; i++) data[plane * rows.Length + i] = values.Planes[plane][rows[i]];
        return new HealpixMap(order, FrameOf(table, place), axes, all ? null : sorted, data, unit);
    }

    /// <summary>For tables of contents: "nside 64, RING".</summary>
    public static string Describe(FitsHdu hdu) =>
        $"nside {hdu.Header.GetInteger("NSIDE")?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}, "
        + (hdu.Header.GetString("ORDERING")?.Trim() ?? "?");

    private static (long[] Pixels, double[][] Planes, string Unit) Planes(FitsTable table, int order, FitsColumn? pixels, string place)
    {
        FitsColumn[] columns = [.. table.Columns.Where(column => column != pixels && column.Type is not (FitsColumnType.Character
            or FitsColumnType.Logical or FitsColumnType.Bit) && !column.IsVariable && column.Repeat > 0)];
        if (columns.Length == 0)
            throw MapErrors.Unsupported(place, "no column of numbers", "a column for each plane, or PIX, CHANNEL and VALUE");
        var known = pixels?.ReadIntegers();
        var first = table.Header.GetInteger("FIRSTPIX") ?? 0;
        var expected = known?.LongLength
            ?? (table.Header.GetInteger("LASTPIX") is { } last ? last - first + 1 : HealpixCell.Count(order));
        var planes = new List<double[]>();
        foreach (var column in columns)
        {
            var all = column.ReadDoubles();
            if (all.LongLength == expected) planes.Add(all);
            else if (columns.Length == 1 && table.RowCount == expected) planes.AddRange(Turned(all, column.Repeat));
            else throw MapErrors.BadGeometry(
                place, $"found {all.LongLength} values in {column.Name}, expected {expected}, one for each pixel");
        }

        known ??= [.. Enumerable.Range(0, checked((int)expected)).Select(i => first + i)];
        return (known, [.. planes], columns[0].Unit);
    }

    /// <summary>Plane by plane, of rows that have all planes of a pixel.</summary>
    private static IEnumerable<double[]> Turned(double[] rows, int planes)
    {
        for (var plane = 0; plane < planes; plane++)
        {
            var values = new double[rows.Length / planes];
            for (var i = 0; i < values.Length; i++) values[i] = rows[i * planes + plane];
            yield return values;
        }
    }

    private static (long[] Pixels, double[][] Planes, string Unit) Sparse(
        FitsColumn pixels, FitsColumn channels, FitsColumn values, string place)
    {
        var (at, plane, value) = (pixels.ReadIntegers(), channels.ReadIntegers(), values.ReadDoubles());
        var known = at.Distinct().Order().ToArray();
        var planes = at.Length == 0 ? 1 : plane.Max() + 1;
        if (plane.Any(number => number < 0) || planes > Math.Max(1, at.Length))
            throw MapErrors.BadGeometry(
                place, $"found channels up to {planes - 1} in {at.Length} rows, expected 0 and more without large gaps");
        if (planes * known.LongLength > Array.MaxLength)
            throw MapErrors.BadGeometry(
                place, $"found {planes} planes of {known.Length} pixels, expected at most {Array.MaxLength} values");
        var data = Enumerable.Range(0, (int)planes).Select(_ => new double[known.Length]).ToArray();
        for (var row = 0; row < at.Length; row++) data[plane[row]][Array.BinarySearch(known, at[row])] = value[row];
        return (known, data, values.Unit);
    }

    private static MapAxis[] AxesOf(FitsFile file, FitsTable table, int planes, string place)
    {
        var axes = AxisReader.Read(file, table);
        if (axes.Length == 0 && planes > 1) axes = [EnergyTables.Find(file, planes) ?? CubeReader.Numbered(CubeReader.PlaneAxis, planes)];
        var expected = axes.Aggregate(1L, (product, axis) => product * axis.BinCount);
        return expected == planes ? axes
            : throw MapErrors.BadGeometry(place, $"found {planes} planes, expected {expected}, the number of bins in the BANDS table");
    }

    private static int OrderOf(FitsTable table, string place)
    {
        var side = table.Header.GetInteger("NSIDE") is { } given and > 0 ? given
            : table.Header.GetInteger("ORDER") is { } order and >= 0 and <= HealpixCell.DeepestOrder ? 1L << (int)order : 0;
        if (side < 1 || !long.IsPow2(side) || side > 1L << HealpixCell.DeepestOrder)
            throw MapErrors.Unsupported(place, $"NSIDE {side}", $"a power of two up to 2^{HealpixCell.DeepestOrder}");
        return (int)long.Log2(side);
    }

    private static bool IsNested(FitsTable table, string place) =>
        (table.Header.GetString("ORDERING") ?? "").Trim().ToUpperInvariant() switch
        {
            "NESTED" or "NEST" => true,
            "RING" => false,
            var other => throw MapErrors.Unsupported(place, $"ORDERING '{other}'", "RING or NESTED"),
        };

    private static SkyFrame FrameOf(FitsTable table, string place) =>
        (table.Header.GetString("COORDSYS") ?? "").Trim().ToUpperInvariant() switch
        {
            "G" or "GAL" or "GALACTIC" => SkyFrame.Galactic,
            "C" or "CEL" or "EQU" or "Q" or "ICRS" => SkyFrame.Icrs,
            var other => throw MapErrors.Unsupported(place, $"COORDSYS '{other}'", "G (galactic) or C (equatorial)"),
        };

    private static long Nested(int order, long pixel, bool isNested, string place)
    {
        if (pixel < 0 || pixel >= HealpixCell.Count(order))
            throw MapErrors.BadGeometry(place, $"found pixel {pixel}, expected 0 to {HealpixCell.Count(order) - 1}");
        return isNested ? pixel : RingNumbering.ToCell(order, pixel).Index;
    }
}
