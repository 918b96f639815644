using System.Globalization;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators;

/// <summary>
/// Energy edges that were asked for and that the datasets' axis does not have: maps have its nearest ones (numerics 3.1).
/// </summary>
public static class MovedEdges
{
    /// <summary>Closer than this is the same edge: axes come from files of single precision.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>A sentence for each edge that was moved.</summary>
    /// <param name="askedTeV">Null: none were asked for.</param>
    /// <param name="given">The maps' axis.</param>
    public static IEnumerable<string> Warnings(IReadOnlyList<double>? askedTeV, MapAxis given) =>
        from asked in askedTeV ?? []
        let nearest = given.Edges.MinBy(edge => Math.Abs(Math.Log(edge / asked)))
        where Math.Abs(nearest / asked - 1) > Tolerance
        select string.Create(
            CultureInfo.InvariantCulture,
            $"energy edge {asked:g4} TeV: the datasets' energy axis has none there, its nearest at {nearest:g4} TeV was taken");
}
