using TsMapSurvey.Events.Responses;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Events.Reading;

/// <summary>Reads BKG_3D and BKG_2D.</summary>
internal static class BackgroundRateReader
{
    /// <summary>The smallest normal numbers of both precisions.</summary>
    private const double SmallestSingle = 1.1754943508222875e-38;

    private const double SmallestDouble = 2.2250738585072014e-308;

    private const string FileUnit = "s-1 MeV-1 sr-1";

    /// <param name="isReversed">Whether the writer of the events means the opposite longitude by RADEC.</param>
    public static IBackgroundRate Read(PartTable table, bool isReversed, List<string> warnings)
    {
        ResponseReader.EnsureFull(table);
        var energy = table.Axis("ENERG", "energy", "TeV", AxisInterpolation.Log);
        var column = table.Find("BKG") ?? table.Find("BGD")
            ?? throw EventsErrors.MissingColumn(table.Place, "BKG or BGD", table.Table.Columns.Select(known => known.Name));
        var factor = Factor(table, column, warnings);
        var floor = (column.Type == FitsColumnType.Double ? SmallestDouble : SmallestSingle) * factor;
        if (table.Find("DETX_LO") is null && table.Find("THETA_LO") is not null)
        {
            var offset = ResponseReader.Offset(table);
            var rings = AxisOrder.Read(table, column, factor, warnings, ("ENERG", energy), ("THETA", offset));
            return new BackgroundRings(energy, offset, BackgroundGaps.Fill(EnergySlowest(rings, energy.Count), energy.Count, offset.Count),
                floor);
        }

        var lon = table.Axis("DETX", "fov_lon", "deg", AxisInterpolation.Linear);
        var lat = table.Axis("DETY", "fov_lat", "deg", AxisInterpolation.Linear);
        var rates = AxisOrder.Read(table, column, factor, warnings, ("ENERG", energy), ("DETX", lon), ("DETY", lat));
        rates = BackgroundGaps.Fill(LatFastest(rates, energy.Count, lon.Count, lat.Count), energy.Count, lon.Count * lat.Count);
        return new BackgroundCube(energy, lon, lat, rates, Alignment(table, isReversed), floor);
    }

    private static double Factor(PartTable table, FitsColumn column, List<string> warnings)
    {
        const string Wanted = "s-1 TeV-1 sr-1";
        try
        {
            if (!string.IsNullOrWhiteSpace(column.Unit) && Unit.Parse(column.Unit).IsCompatibleWith(Unit.Parse(Wanted)))
                return table.Factor(column, Wanted);
        }
        catch (MapException)
        {
            // Not a unit at all: the warning below names it.
        }

        var found = string.IsNullOrWhiteSpace(column.Unit) ? "no unit" : $"the unit '{column.Unit}'";
        warnings.Add($"{table.Place}, column {column.Name}: found {found}, which is no rate; {FileUnit} is assumed");
        return Unit.Parse(FileUnit).To(Unit.Parse(Wanted), column.Name);
    }

    private static FieldAlignment Alignment(PartTable table, bool isReversed)
    {
        var found = table.Header.GetString("FOVALIGN")?.Trim().ToUpperInvariant();
        return found switch
        {
            "ALTAZ" => FieldAlignment.AltAz,
            "REVERSE_LON_RADEC" => FieldAlignment.ReversedRaDec,
            null or "" or "RADEC" => isReversed ? FieldAlignment.ReversedRaDec : FieldAlignment.RaDec,
            _ => throw EventsErrors.BadKeyword(table.Place, "FOVALIGN", $"'{found}'", "RADEC or ALTAZ"),
        };
    }

    /// <summary>From (energy, offset) to (offset, energy), first axis fastest.</summary>
    private static double[] EnergySlowest(double[] values, int energies)
    {
        var cells = values.Length / energies;
        var result = new double[values.Length];
        for (var cell = 0; cell < cells; cell++)
            for (var k = 0; k < energies; k++) result[k * cells + cell] = values[cell * energies + k];
        return result;
    }

    /// <summary>From (energy, lon, lat) to (lat, lon, energy), first axis fastest.</summary>
    private static double[] LatFastest(double[] values, int energies, int lons, int lats)
    {
        var result = new double[values.Length];
        for (var lat = 0; lat < lats; lat++)
            for (var lon = 0; lon < lons; lon++)
                for (var k = 0; k < energies; k++) result[(k * lons + lon) * lats + lat] = values[(lat * lons + lon) * energies + k];
        return result;
    }
}
