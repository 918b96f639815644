using System.Globalization;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// Reads a map from its HDU, in one of gammapy's three forms: an image; a region table (CHANNEL, DATA; one spatial bin); a sparse table
/// (PIX, VALUE and optionally CHANNEL; missing pixels are 0).
/// </summary>
public static class MapReader
{
    /// <summary>Reads a map with the unit of the file. BLANK becomes NaN.</summary>
    /// <exception cref="MapException">The form is none of the three, or axes and data do not match.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static Map<double> Read(FitsFile file, FitsHdu hdu) => Read(file, hdu, null);

    /// <param name="arrays">The pool for an image's array; null to allocate it.</param>
    internal static Map<double> Read(FitsFile file, FitsHdu hdu, MapArrays? arrays)
    {
        var (place, axes) = (HduPlace.Of(file, hdu), ReadAxes(file, hdu));
        return hdu switch
        {
            FitsImage image => new Map<double>(ReadGeometry(image, axes, place), arrays is null
                ? image.ReadDoubles() : image.ReadDoubles(arrays.Take<double>), image.Header.GetString("BUNIT") ?? ""),
            FitsTable table when table.Find("DATA") is { } data => ReadRegion(data, axes, place),
            FitsTable table when table.Find("PIX") is not null && table.Find("VALUE") is not null => ReadSparse(table, axes, place),
            _ => throw MapErrors.Unsupported(place, "another kind of HDU", "an image, a table with DATA, or a table with PIX and VALUE"),
        };
    }

    /// <inheritdoc cref="Read(FitsFile, FitsHdu)"/>
    public static MapGeometry ReadGeometry(FitsFile file, FitsImage image) =>
        ReadGeometry(image, ReadAxes(file, image), HduPlace.Of(file, image));

    internal static MapAxis[] ReadAxes(FitsFile file, FitsHdu hdu) =>
        HealPix.Is(hdu) ? throw MapErrors.HealPix(HduPlace.Of(file, hdu)) : AxisReader.Read(file, hdu);

    internal static MapGeometry ReadGeometry(FitsImage image, MapAxis[] axes, string place)
    {
        if (image.Axes.Length < 2)
            throw MapErrors.Unsupported(place, image.Axes.Length == 0 ? "no data" : "one dimension", "an image of two or more dimensions");
        var shape = image.Axes.AsSpan(2).ToArray();
        if (axes.Length == 0 && shape.All(length => length == 1)) shape = [];
        if (!shape.SequenceEqual(axes.Select(axis => axis.BinCount)))
            throw MapErrors.BadGeometry(place, axes.Length == 0
                ? $"found {string.Join(" x ", shape)} planes without a BANDS table, expected a BANDS table with their axes"
                : $"found {string.Join(" x ", shape)} planes, expected {string.Join(" x ", axes.Select(axis => axis.BinCount))}, "
                    + "the number of bins in the BANDS table");
        if (image.Count > int.MaxValue) throw MapErrors.BadGeometry(place, $"found {image.Count} values, expected at most {int.MaxValue}");
        return new MapGeometry(new SkyGrid(ReadWcs(image, place), image.Axes[0], image.Axes[1]), axes);
    }

    private static Map<double> ReadRegion(FitsColumn data, MapAxis[] axes, string place)
    {
        var geometry = new MapGeometry(null, axes);
        var values = data.ReadDoubles();
        return values.Length == geometry.Count
            ? new Map<double>(geometry, values, data.Unit ?? "")
            : throw MapErrors.BadGeometry(
                place, $"found {values.Length} rows of DATA, expected {geometry.Count}, the number of bins in the BANDS table");
    }

    private static Map<double> ReadSparse(FitsTable table, MapAxis[] axes, string place)
    {
        var shape = (table.Header.GetString("WCSSHAPE") ?? "").Trim('(', ')', ' ')
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (shape.Length < 2 || !int.TryParse(shape[0], CultureInfo.InvariantCulture, out var width)
            || !int.TryParse(shape[1], CultureInfo.InvariantCulture, out var height)
            || width < 1 || height < 1 || (long)width * height > MaxSparsePixels)
            throw MapErrors.BadGeometry(
                place, $"found WCSSHAPE '{table.Header.GetString("WCSSHAPE")}' of a sparse map, expected '(width,height,...)' with "
                    + $"at most {MaxSparsePixels} pixels");
        var planes = axes.Aggregate(1L, (product, axis) => product * axis.BinCount);
        if (planes * width * height > MaxSparsePixels)
            throw MapErrors.BadGeometry(
                place, $"found {planes} planes of {width} x {height} pixels, expected at most {MaxSparsePixels} pixels in a sparse map");
        var map = new Map<double>(
            new MapGeometry(new SkyGrid(ReadWcs(table, place), width, height), axes), table.Find("VALUE")!.Unit ?? "");
        var pixels = table.Find("PIX")!.ReadIntegers();
        var channels = table.Find("CHANNEL")?.ReadIntegers();
        var values = table.Find("VALUE")!.ReadDoubles();
        for (var row = 0; row < values.Length; row++)
        {
            var (plane, pixel) = (channels?[row] ?? 0, pixels[row]);
            if (plane < 0 || plane >= planes || pixel < 0 || pixel >= map.Geometry.PlaneLength)
                throw MapErrors.BadGeometry(
                    place, $"row {row + 1}: found channel {plane}, pixel {pixel}, expected one of {planes} planes of "
                        + $"{width} x {height} pixels");
            map.Data[plane * map.Geometry.PlaneLength + pixel] = values[row];
        }

        return map;
    }

    /// <summary>Limit of the image size, which a small sparse table could set to any value. Larger than any survey map.</summary>
    private const long MaxSparsePixels = 1L << 28;

    private static Wcs ReadWcs(FitsHdu hdu, string place)
    {
        var keywords = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var card in hdu.Header)
            if (card.Value is not null) keywords[card.Keyword] = card.Value;
        try
        {
            return Wcs.Read(keywords);
        }
        catch (SkyException exception)
        {
            throw MapErrors.BadGeometry(place, exception.Message);
        }
    }
}
