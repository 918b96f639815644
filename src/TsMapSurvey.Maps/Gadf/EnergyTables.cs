using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// The energy axes of cubes from the Fermi tools: EBOUNDS has the bin edges of counts cubes (gtbin; default unit keV, as in OGIP), ENERGIES
/// has the energies of exposures and diffuse models (gtexpcube2; default unit MeV).
/// </summary>
internal static class EnergyTables
{
    /// <summary>The axis for this number of planes; null if the file has no table with the same number of rows.</summary>
    /// <exception cref="MapException">The energies are not increasing positive numbers with an energy unit.</exception>
    public static MapAxis? Find(FitsFile file, int planes)
    {
        if (file.Find("EBOUNDS") is FitsTable bounds && bounds.RowCount == planes && bounds.Find("E_MIN") is { } low
            && bounds.Find("E_MAX") is { } high)
            return Axis(HduPlace.Of(file, bounds), "energy", [.. Energies(low, "keV"), Energies(high, "keV")[^1]], AxisNodes.Edges);
        if (file.Find("ENERGIES") is FitsTable energies && energies.RowCount == planes && energies.Find("ENERGY") is { } at)
            return Axis(HduPlace.Of(file, energies), "energy_true", Energies(at, "MeV"), AxisNodes.Centers);
        return null;
    }

    private static double[] Energies(FitsColumn column, string defaultUnit)
    {
        var toTeV = Unit.Parse(string.IsNullOrWhiteSpace(column.Unit) ? defaultUnit : column.Unit)
            .To(Unit.Parse("TeV"), $"column {column.Name}");
        return [.. column.ReadDoubles().Select(energy => energy * toTeV)];
    }

    private static MapAxis Axis(string place, string name, double[] nodesTeV, AxisNodes kind)
    {
        try
        {
            return new MapAxis(name, nodesTeV, AxisInterpolation.Log, kind, "TeV");
        }
        catch (MapException exception)
        {
            throw MapErrors.BadAxis(place, exception.Message);
        }
    }
}
