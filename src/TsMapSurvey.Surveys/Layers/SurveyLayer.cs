using System.Globalization;
using TsMapSurvey.Estimators;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Layers;

/// <summary>
/// A quantity of one map in one of its energy bins, which is shown as one picture of the whole sky; or a cube of it in all energy bins of
/// the survey.
/// </summary>
/// <param name="Name">MAP-QUANTITY, with the band where the map has several bins: point-sqrt_ts, bands-flux-0.6-4.24TeV. Of cubes
/// MAP-QUANTITY-cube.</param>
/// <param name="Bin">Energy bin of the map, from 0.</param>
/// <param name="FirstBin">First reconstructed energy bin of the survey in it.</param>
/// <param name="LastBin">Last one.</param>
public sealed record SurveyLayer(
    string Name, string Map, string Quantity, int Bin, int FirstBin, int LastBin, double EnergyMinTeV, double EnergyMaxTeV)
{
    private const int MostDigits = 15;
    private const string OfCube = "cube";
    private static readonly string[] Quantities = ["sqrt_ts", "flux", "flux_ul", "counts", "excess", "exposure", "background"];

    /// <summary>The frequency cells of a cube, which are the energy bins of the survey and of the map; null for a picture.</summary>
    public FrequencyCells? Cube { get; init; }

    /// <summary>The layers of a map, quantity by quantity; without limits if the map has none.</summary>
    internal static IEnumerable<SurveyLayer> Of(Survey survey, string map)
    {
        var (options, groups) = (survey.Maps[map], EnergyGroups.Create(survey.Energy, survey.Maps[map]));
        var bands = Bands(groups.Axis.Edges);
        foreach (var quantity in Quantities)
        {
            if (quantity == "flux_ul" && !options.Selection.HasFlag(TsMapSelection.Ul)) continue;
            for (var bin = 0; bin < bands.Length; bin++)
                yield return new SurveyLayer(
                    bands.Length == 1 ? $"{map}-{quantity}" : $"{map}-{quantity}-{bands[bin]}", map, quantity, bin, groups.Bins[bin].First,
                    groups.Bins[bin].Last, groups.Axis.Edges[bin], groups.Axis.Edges[bin + 1]);
        }
    }

    /// <summary>
    /// The cubes of a map, if the survey's energy bins are frequency cells: what is summed up in each bin, and sqrt_ts if the map has it
    /// for each of them.
    /// </summary>
    internal static IEnumerable<SurveyLayer> CubesOf(Survey survey, string map)
    {
        if (survey.Frequencies is not { } cells) yield break;
        var edges = survey.Energy.Edges;
        var hasEachBin = EnergyGroups.Create(survey.Energy, survey.Maps[map]).Axis.BinCount == survey.Energy.BinCount;
        foreach (var quantity in hasEachBin ? ["counts", "excess", "sqrt_ts"] : new[] { "counts", "excess" })
            yield return new SurveyLayer($"{map}-{quantity}-{OfCube}", map, quantity, 0, 0, edges.Length - 2, edges[0], edges[^1])
            {
                Cube = cells,
            };
    }

    /// <summary>The bins' names, with as many digits as it takes to tell them apart.</summary>
    private static string[] Bands(double[] edgesTeV)
    {
        for (var digits = 3; ; digits++)
        {
            string[] edges = [.. edgesTeV.Select(edge => Text(edge, digits))];
            if (digits == MostDigits || edges.Distinct().Count() == edges.Length)
                return [.. edges.Zip(edges.Skip(1), (low, high) => $"{low}-{high}TeV")];
        }
    }

    /// <summary>Without an exponent, whose sign could be taken for the '-' between the edges.</summary>
    private static string Text(double edge, int digits) =>
        double.Parse(edge.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            .ToString("0.##############################", CultureInfo.InvariantCulture);
}
