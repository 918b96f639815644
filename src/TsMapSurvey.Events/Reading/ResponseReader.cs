using TsMapSurvey.Events.Responses;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reading;

/// <summary>Reads effective area, energy dispersion and point spread function; <see cref="BackgroundRateReader"/> reads
/// backgrounds.</summary>
internal static class ResponseReader
{
    public static EffectiveArea EffectiveArea(PartTable table, List<string> warnings)
    {
        EnsureFull(table);
        var (energy, offset) = (Energy(table), Offset(table));
        var column = table.Column("EFFAREA");
        var values = AxisOrder.Read(table, column, table.Factor(column, "m2", "m2"), warnings, Named(table, energy), ("THETA", offset));
        return new EffectiveArea(energy, offset, values, Threshold(table, "LO_THRES"), Threshold(table, "HI_THRES"));
    }

    public static EnergyMigration EnergyMigration(PartTable table, List<string> warnings)
    {
        EnsureFull(table);
        var (energy, offset) = (Energy(table), Offset(table));
        var migra = table.Axis("MIGRA", "migra", "", AxisInterpolation.Linear);
        if (migra.Axis.Kind != AxisNodes.Edges)
            throw EventsErrors.BadAxis(table.Place, "MIGRA_LO and MIGRA_HI",
                "found nodes, expected the edges of bins, over which to integrate");
        var values = AxisOrder.Read(
            table, table.Column("MATRIX"), 1, warnings, Named(table, energy), ("MIGRA", migra), ("THETA", offset));
        return new EnergyMigration(energy, migra, offset, values);
    }

    /// <summary>The columns decide on the layout.</summary>
    public static IPointSpread PointSpread(PartTable table, List<string> warnings)
    {
        EnsureFull(table);
        var (energy, offset) = (Energy(table), Offset(table));
        double[] Parameter(string name, string unit)
        {
            var column = table.Column(name);
            var factor = unit.Length == 0 ? 1 : table.Factor(column, unit, unit);
            return AxisOrder.Read(table, column, factor, warnings, Named(table, energy), ("THETA", offset));
        }

        // Files write the width of an unused component as zero; gammapy takes 1 for it, which a zero amplitude cancels.
        double[] Sigma(string name) => Array.ConvertAll(Parameter(name, "deg"), sigma => sigma == 0 ? 1 : sigma);

        if (table.Find("RPSF") is { } density)
        {
            var rad = table.Axis("RAD", "rad", "deg", AxisInterpolation.Linear);
            var values = AxisOrder.Read(table, density, table.Factor(density, "sr-1", "sr-1"), warnings,
                Named(table, energy), ("THETA", offset), ("RAD", rad));
            return new TabulatedSpread(energy, offset, rad, values);
        }

        if (table.Find("SIGMA_1") is not null)
            return new TripleGaussSpread(energy, offset, [Sigma("SIGMA_1"), Sigma("SIGMA_2"), Sigma("SIGMA_3")],
                [Parameter("AMPL_2", ""), Parameter("AMPL_3", "")]);
        if (table.Find("GAMMA") is not null) return new KingSpread(energy, offset, Sigma("SIGMA"), Parameter("GAMMA", ""));
        throw EventsErrors.MissingColumn(table.Place, "RPSF (PSF_TABLE), SIGMA_1 (PSF_3GAUSS) or GAMMA (PSF_KING)",
            table.Table.Columns.Select(column => column.Name));
    }

    /// <summary>Responses for events within a small circle have no meaning on a map.</summary>
    public static void EnsureFull(PartTable table)
    {
        if (table.Header.GetString("HDUCLAS3")?.Trim().ToUpperInvariant() == "POINT-LIKE")
            throw EventsErrors.Unsupported(table.Place, "a response of kind POINT-LIKE", "FULL-ENCLOSURE, which maps need");
    }

    public static ResponseAxis Offset(PartTable table) => table.Axis("THETA", "offset", "deg", AxisInterpolation.Linear);

    /// <summary>The true energy is ENERG in the formats, ETRUE in older files.</summary>
    private static ResponseAxis Energy(PartTable table) =>
        table.Axis(table.Find("ENERG_LO") is null && table.Find("ETRUE_LO") is not null ? "ETRUE" : "ENERG", "energy_true", "TeV",
            AxisInterpolation.Log);

    private static (string Prefix, ResponseAxis Axis) Named(PartTable table, ResponseAxis energy) =>
        (table.Find("ENERG_LO") is null ? "ETRUE" : "ENERG", energy);

    /// <summary>A threshold in TeV. Zero stands for none, as in gammapy.</summary>
    private static double? Threshold(PartTable table, string keyword)
    {
        var value = table.Header.GetDouble(keyword);
        if (value < 0) throw EventsErrors.BadKeyword(table.Place, keyword, value, "an energy in TeV");
        return value is > 0 ? value : null;
    }
}
