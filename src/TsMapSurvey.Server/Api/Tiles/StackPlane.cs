using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Tiles;

/// <summary>The image of a stack's quantity on the tile's own pixels: one energy bin, or the sum over all energies.</summary>
internal static class StackPlane
{
    public static double[] Of(MapDataset stack, string quantity, int? bin, PixelRegion owned) => quantity switch
    {
        "counts" => Sum(stack.Counts, bin, owned),
        "background" => Sum(stack.Background, bin, owned),
        _ => [.. Sum(stack.Counts, bin, owned).Zip(Sum(stack.Background, bin, owned), (counts, background) => counts - background)],
    };

    private static double[] Sum(Map<double>? map, int? bin, PixelRegion owned)
    {
        var sum = new double[owned.Area];
        if (map is null)
        {
            Array.Fill(sum, double.NaN);
            return sum;
        }

        for (var plane = bin ?? 0; plane <= (bin ?? map.Geometry.PlaneCount - 1); plane++)
            for (var y = 0; y < owned.Height; y++)
                for (var x = 0; x < owned.Width; x++)
                    sum[y * owned.Width + x] += map[plane, y + owned.Y, x + owned.X];
        return sum;
    }
}
