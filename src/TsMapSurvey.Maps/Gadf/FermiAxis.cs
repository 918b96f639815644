using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// The energies of a cube of Fermi-LAT's tools, which names no BANDS table: EBOUNDS has the edges of counts cubes, ENERGIES the nodes, in MeV of true
/// energy, of diffuse models.
/// </summary>
internal static class FermiAxis
{
    /// <summary>Of diffuse models without BUNIT.</summary>
    public const string TemplateUnit = "cm-2 s-1 MeV-1 sr-1";

    private const string Edges = "EBOUNDS";

    private const string Nodes = "ENERGIES";

    private static readonly string[] EnergyNames = ["Energy", "ENERGY", "energy"];

    /// <summary>Whether the energies of a cube are those of a diffuse model; a GTI table makes it an exposure.</summary>
    public static bool IsOfTemplate(FitsFile file, FitsHdu map) =>
        IsCube(map) && file.Find(Edges) is null && file.Find(Nodes) is FitsTable && file.Find("GTI") is null;

    /// <summary>None for an image of two dimensions, or where neither table is there.</summary>
    /// <exception cref="MapException">The table has no energies, or others than an axis can have.</exception>
    public static MapAxis[] Read(FitsFile file, FitsHdu map)
    {
        if (!IsCube(map)) return [];
        if (file.Find(Edges) is FitsTable bounds)
        {
            var (low, high) = (InTeV(file, bounds, "keV", "E_MIN"), InTeV(file, bounds, "keV", "E_MAX"));
            return [Create("energy", AxisNodes.Edges, HduPlace.Of(file, bounds), [.. low, high[^1]])];
        }

        return file.Find(Nodes) is FitsTable nodes
            ? [Create("energy_true", AxisNodes.Centers, HduPlace.Of(file, nodes), InTeV(file, nodes, "MeV", EnergyNames))] : [];
    }

    private static bool IsCube(FitsHdu map) => map is FitsImage { Axes.Length: 3 };

    private static double[] InTeV(FitsFile file, FitsTable table, string usual, params string[] names)
    {
        var place = HduPlace.Of(file, table);
        var column = names.Select(table.Find).FirstOrDefault(found => found is not null) ?? throw MapErrors.BadAxis(place, $"no column {names[0]}");
        var values = column.ReadDoubles();
        if (values.Length == 0) throw MapErrors.BadAxis(place, $"column {names[0]} has no rows");
        var toTeV = Unit.Parse(column.Unit is { Length: > 0 } unit ? unit : usual).To(Unit.Parse("TeV"), $"{place}, column {names[0]}");
        return Array.ConvertAll(values, value => value * toTeV);
    }

    private static MapAxis Create(string name, AxisNodes kind, string place, double[] nodes)
    {
        try
        {
            return new MapAxis(name, nodes, AxisInterpolation.Log, kind, "TeV");
        }
        catch (MapException bad) when (bad.Error == MapError.BadAxis)
        {
            throw MapErrors.BadAxis(place, bad.Message);
        }
    }
}
