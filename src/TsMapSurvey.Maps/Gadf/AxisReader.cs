using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// Reads the axes of a map from its BANDS table (gammapy's format). It has one row for each combination of bins. AXCOLSn names the columns
/// of axis n: two (A_MIN,A_MAX) for edges, one for centers. The nodes are the sorted distinct values.
/// </summary>
internal static class AxisReader
{
    private static readonly string[] InferredColumns =
        ["E_MIN", "ENERGY_MIN", "RAD_MIN", "THETA_MIN", "MIGRA_MIN", "ENERGY_TRUE_MIN", "NORM"];

    public static MapAxis[] Read(FitsFile file, FitsHdu map)
    {
        var name = map.Header.GetString("BANDSHDU") ?? $"{map.Name}_BANDS";
        if (file.Find(name) is not FitsTable bands)
            return map is FitsImage { Axes.Length: 3 } cube && EnergyTables.Find(file, cube.Axes[2]) is { } energies ? [energies] : [];
        var place = HduPlace.Of(file, bands);
        if (bands.Find("NPIX") is not null || bands.Find("CDELT") is not null || bands.Find("CRPIX") is not null)
            throw MapErrors.Unsupported(
                place, "a geometry that differs between planes (NPIX, CDELT or CRPIX column)", "the same image geometry for all planes");
        var header = map.Header.Contains("AXCOLS1") ? map.Header : bands.Header;
        var axes = new List<MapAxis>();
        for (var n = 1; header.GetString($"AXCOLS{n}") is { } columns; n++)
            axes.Add(ReadAxis(bands, place, columns.Split(',', StringSplitOptions.TrimEntries), header.GetString($"INTERP{n}")));
        return axes.Count > 0 ? [.. axes] : Infer(bands, place);
    }

    private static MapAxis[] Infer(FitsTable bands, string place) =>
        [.. InferredColumns.Where(column => bands.Find(column) is not null)
            .Select(column => ReadAxis(bands, place, [column, column.Replace("_MIN", "_MAX", StringComparison.Ordinal)], null))];

    private static MapAxis ReadAxis(FitsTable bands, string place, string[] columns, string? interpolation)
    {
        var name = AxisName(columns[0]);
        var unit = name.StartsWith("energy", StringComparison.Ordinal) ? "TeV" : name == "rad" ? "deg" : "";
        var low = Nodes(bands, place, columns[0], unit);
        var scale = (interpolation ?? (name.StartsWith("energy", StringComparison.Ordinal) ? "log" : "lin")).Trim()
            .ToLowerInvariant() switch
        {
            "lin" => AxisInterpolation.Linear,
            "log" => AxisInterpolation.Log,
            var other => throw MapErrors.Unsupported(place, $"INTERP '{other}'", "'lin' or 'log'"),
        };
        try
        {
            if (columns.Length == 1) return new MapAxis(name, low, scale, AxisNodes.Centers, unit);
            var high = Nodes(bands, place, columns[1], unit);
            if (high.Length != low.Length)
                throw MapErrors.BadAxis(
                    place, $"found {low.Length} distinct values in {columns[0]} and {high.Length} in {columns[1]}, expected equal numbers");
            return new MapAxis(name, [.. low, high[^1]], scale, AxisNodes.Edges, unit);
        }
        catch (MapException exception)
            when (exception.Error == MapError.BadAxis && !exception.Message.StartsWith(place, StringComparison.Ordinal))
        {
            throw MapErrors.BadAxis(place, exception.Message);
        }
    }

    /// <param name="unit">The unit of the returned nodes; empty for pure numbers, whose unit in the file is ignored.</param>
    private static double[] Nodes(FitsTable bands, string place, string name, string unit)
    {
        var column = bands.Find(name) ?? throw MapErrors.BadAxis(place, $"found no column {name}, expected the columns that AXCOLS names");
        var factor = unit.Length == 0 || column.Unit.Length == 0 ? 1 : MapUnits.Factor($"{place}, column {name}", column.Unit, unit);
        var values = column.ReadDoubles();
        if (values.Length == 0) throw MapErrors.BadAxis(place, $"found no rows in column {name}, expected at least one");
        return [.. values.Distinct().Order().Select(value => value * factor)];
    }

    private static string AxisName(string column)
    {
        var name = column.ToLowerInvariant();
        if (name.EndsWith("_min", StringComparison.Ordinal)) name = name[..^4];
        return name switch { "e" => "energy", "theta" => "rad", _ => name };
    }
}
