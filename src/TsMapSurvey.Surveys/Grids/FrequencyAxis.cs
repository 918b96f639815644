using System.Globalization;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Grids;

/// <summary>An energy axis whose bins are cells of frequency of one order, so that HiPS cubes show them without resampling.</summary>
internal static class FrequencyAxis
{
    public const int LowestOrder = 5;
    public const int HighestOrder = 12;
    public const int MostBins = 1000;

    // Planck's constant in TeV s (SI, 2019): 6.62607015e-34 J s / 1.602176634e-7 J per TeV.
    private const double TeVPerHz = 6.62607015e-34 / 1.602176634e-7;

    /// <summary>How far an energy may be from an edge and still mean it: energies are written with four digits.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>The axis with its ends on the edges that they mean.</summary>
    public static FrequencyCells Cells(AxisDefinition axis) => new(
        axis.FmocOrder!.Value, Nearest(axis.FmocOrder.Value, axis.MinTeV!.Value), Nearest(axis.FmocOrder.Value, axis.MaxTeV!.Value));

    /// <summary>The edges in TeV, one more than cells.</summary>
    public static double[] EdgesTeV(FrequencyCells cells)
    {
        var edges = new double[cells.Count + 1];
        for (var i = 0; i < edges.Length; i++) edges[i] = EdgeTeV(cells.Order, cells.First + i);
        return edges;
    }

    /// <summary>An end that is on no edge, or too many bins.</summary>
    /// <param name="path">Of the axis in survey.json.</param>
    public static IEnumerable<string> Problems(string path, AxisDefinition axis)
    {
        var order = axis.FmocOrder!.Value;
        var isOnEdges = true;
        foreach (var (name, energy) in new[] { ("minTeV", axis.MinTeV!.Value), ("maxTeV", axis.MaxTeV!.Value) })
        {
            var below = (long)Math.Floor(FrequencyCells.PlaceOf(order, energy / TeVPerHz));
            if (below < 0 || below >= FrequencyCells.CountOf(order))
                yield return SurveyErrors.Wrong($"{path}.{name}", Text(energy), "a frequency from 1e-18 to 1e38 Hz");
            else if (Math.Abs(EdgeTeV(order, Nearest(order, energy)) / energy - 1) <= Tolerance) continue;
            else
                yield return SurveyErrors.Wrong(
                    $"{path}.{name}", Text(energy),
                    $"an edge of a frequency cell of order {order}: {Text(EdgeTeV(order, below))} or {Text(EdgeTeV(order, below + 1))}");
            isOnEdges = false;
        }

        if (isOnEdges && Cells(axis).Count is var count && count is < 1 or > MostBins)
            yield return SurveyErrors.Wrong(path, $"{count} cells of order {order}", $"1 to {MostBins}");
    }

    private static long Nearest(int order, double energyTeV) =>
        (long)Math.Round(FrequencyCells.PlaceOf(order, energyTeV / TeVPerHz));

    private static double EdgeTeV(int order, long index) => FrequencyCells.EdgeHz(order, index) * TeVPerHz;

    private static string Text(double energyTeV) => energyTeV.ToString("G5", CultureInfo.InvariantCulture) + " TeV";
}
