using System.Diagnostics.Metrics;

namespace TsMapSurvey.Server.Vo.Hips;

internal static class HipsMeter
{
    public const string Name = "TsMapSurvey.Hips";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Tiles = Meter.CreateCounter<long>(
        "tsmap.hips.tiles", "{tile}", "Tiles of HiPS that were computed, not found in a cache or in the store");

    public static void CountTile(string survey, int order) =>
        Tiles.Add(1, new KeyValuePair<string, object?>("survey", survey), new KeyValuePair<string, object?>("order", order));
}
