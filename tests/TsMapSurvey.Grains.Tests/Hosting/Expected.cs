using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Compares a survey's tiles with what one stacks without any grain.</summary>
internal static class Expected
{
    /// <summary>Every tile's ledger and stack: counts and masks exactly, sums to rounding.</summary>
    public static async Task InTilesAsync(
        SurveyHost host, IBlobStore store, string survey, IReadOnlyDictionary<string, MapDataset> observations)
    {
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
        {
            var touching = observations.Where(item => LittleSurvey.Resolved.TilesOf(item.Value).Contains(tile))
                .OrderBy(item => item.Key, StringComparer.Ordinal).ToArray();
            var grain = host.Grains.Tile(survey, tile.ToString());
            Assert.Equal(touching.Select(item => item.Key),
                (await grain.Ledger(null, 500, CancellationToken.None)).Items.Select(entry => entry.Name));
            var ticket = await grain.RequestStack(CancellationToken.None);
            if (ticket.Blob is null)
            {
                Assert.Empty(touching);
                continue;
            }

            var found = await store.ReadDatasetAsync(ticket.Blob);
            if (touching.Length == 0) AssertNothing(found);
            else AssertSame(LittleSurvey.Offline(tile, touching.Select(item => item.Value)), found);
        }
    }

    public static void AssertSame(MapDataset expected, MapDataset found)
    {
        Assert.Equal(expected.Counts!.Data, found.Counts!.Data);
        Assert.Equal(expected.MaskSafe!.Data, found.MaskSafe!.Data);
        Assert.Equal(expected.MaskFit?.Data, found.MaskFit?.Data);
        AssertRounding(expected.Background!.Data, found.Background!.Data);
        AssertRounding(expected.Exposure!.Data, found.Exposure!.Data);
        AssertRounding(expected.Psf!.Density.Data, found.Psf!.Density.Data);
        AssertRounding(expected.Psf!.Exposure!.Data, found.Psf!.Exposure!.Data);
        AssertRounding(expected.Edisp!.Data.Data, found.Edisp!.Data.Data);
        AssertRounding(expected.Edisp!.Exposure!.Data, found.Edisp!.Exposure!.Data);
        Assert.Equal(expected.Gti!.Intervals, found.Gti!.Intervals);
        Assert.Equal(expected.LiveTimeS, found.LiveTimeS);
    }

    private static void AssertNothing(MapDataset found)
    {
        Assert.All(found.Counts!.Data, value => Assert.Equal(0, value));
        Assert.All(found.Exposure!.Data, value => Assert.Equal(0, value));
        Assert.DoesNotContain(true, found.MaskSafe!.Data);
    }

    private static void AssertRounding(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-12 * Math.Abs(expected[i]));
    }
}
