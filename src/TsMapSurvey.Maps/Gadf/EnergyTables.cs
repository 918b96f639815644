using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// The energies of cubes that the Fermi tools write: EBOUNDS has the edges of counts cubes (gtbin; keV unless it says otherwise, as OGIP
/// has it), ENERGIES the energies at which exposures and diffuse models are given (gtexpcube2; MeV unless it says otherwise).
/// </summary>
internal static class EnergyTables
{
    /// <summary>The axis of so many planes; null where the file has no table of as many rows.</summary>
    /// <exception cref="MapException">The table's energies are none.</exception>
    public static MapAxis? Find(FitsFile file, int planes)
    {
        if (file.Find("EBOUNDS") is FitsTable bounds && bounds.RowCount == planes && bounds.Find("E_MIN") is { } low
            && bounds.Find("E_MAX") is { } high)
            return Axis(HduPlace.Of(file, bounds), "energy", [.. Energies(low, "keV"), Energies(high, "keV")[^1]], AxisNodes.Edges);
        if (file.Find("ENERGIES") is FitsTable energies && energies.RowCount == planes && energies.Find("ENERGY") is { } at)
            return Axis(HduPlace.Of(file, energies), "energy_true", Energies(at, "MeV"), AxisNodes.Centers);
        return null;
    }

    private static double[] Energies(FitsColumn column, string otherwise)
    {
        var toTeV = Unit.Parse(string.IsNullOrWhiteSpace(column.Unit) ? otherwise : column.Unit)
            .To(Unit.Parse("TeV"), $"column {column.Name}");
        return [.. column.ReadDoubles().Select(energy => energy * toTeV)];
    }

    private static MapAxis Axis(string place, string name, double[] nodesTeV, AxisNodes kind)
    {
        try
        {
            return new MapAxis(name, nodesTeV, AxisInterpolation.Log, kind, "TeV");
        }
        catch (MapException bad)
        {
            throw MapErrors.BadAxis(place, bad.Message);
        }
    }
}
