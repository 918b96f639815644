using System.Globalization;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators;

/// <summary>
/// Warnings about requested energy edges that are not edges of the datasets' axis; maps use the nearest edges of the axis.
/// </summary>
public static class MovedEdges
{
    /// <summary>Relative difference up to which edges are equal, as axes are read from files with single precision.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>One warning for each edge that was moved.</summary>
    /// <param name="askedTeV">The requested edges; null for none.</param>
    /// <param name="given">The energy axis of the maps.</param>
    public static IEnumerable<string> Warnings(IReadOnlyList<double>? askedTeV, MapAxis given) =>
        from asked in askedTeV ?? []
        let nearest = given.Edges.MinBy(edge => Math.Abs(Math.Log(edge / asked)))
        where Math.Abs(nearest / asked - 1) > Tolerance
        select string.Create(
            CultureInfo.InvariantCulture,
            $"energy edge {asked:g4} TeV: not an edge of the datasets' energy axis, the nearest edge at {nearest:g4} TeV is used");
}
