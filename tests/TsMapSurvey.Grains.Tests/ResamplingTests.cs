using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tests;

[Trait("Pace", "slow")]
public sealed class ResamplingTests : SiloTests
{
    private const string Name = "little";
    private static readonly string Json =
        LittleSurvey.Json(Name, "observations/").Replace("\"maps\"", "\"resample\": true, \"maps\"", StringComparison.Ordinal);

    private static readonly Survey Survey = Survey.Resolve(SurveyDefinition.Parse(Json));

    [Fact]
    public async Task A_resampled_observation_is_counted_once_and_leaves_the_stack_as_before_when_retracted()
    {
        await Host.Grains.Survey(Name).Define(Json, CancellationToken.None);
        await Store.PutAsync("observations/aligned.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await Host.SettledAsync(Name, 1);
        var before = await StacksAsync();
        var tilted = Tilted(2, 0.1);
        await Store.PutAsync("observations/tilted.fits", tilted);
        await Store.PutAsync("observations/fine.fits", Tilted(3, 0.07));
        await Host.SettledAsync(Name, 3);
        Assert.Equal(3, (await Host.StatesAsync(Name))[ObservationState.Stacked]);
        await Host.RetractedAsync(Name, "fine.fits");
        var stacked = await StacksAsync();
        Assert.Equal(OwnedCounts(before) + SafeCounts(tilted), OwnedCounts(stacked));
        foreach (var (tile, stack) in stacked)
            Expected.AssertSame(Offline(tile, [LittleSurvey.Observation(1, LittleSurvey.Everywhere), tilted]), stack);
        await Host.RetractedAsync(Name, "tilted.fits");
        foreach (var (tile, stack) in await StacksAsync()) Expected.AssertSame(before[tile], stack);
    }

    [Fact]
    public async Task A_restarted_silo_makes_the_same_stack_again()
    {
        await Host.Grains.Survey(Name).Define(Json, CancellationToken.None);
        for (var seed = 2; seed < 5; seed++) await Store.PutAsync($"observations/{seed}.fits", Tilted(seed, 0.09));
        await Host.SettledAsync(Name, 3);
        var before = await StacksAsync();
        await Host.DisposeAsync();
        Host = await SurveyHost.StartAsync(Store);
        await Store.PutAsync("observations/5.fits", Tilted(5, 0.1));
        await Host.SettledAsync(Name, 4);
        await Host.RetractedAsync(Name, "5.fits");
        foreach (var (tile, stack) in await StacksAsync()) Assert.Equal(before[tile].Background!.Data, stack.Background!.Data);
    }

    [Fact]
    public async Task Without_the_word_it_is_quarantined_and_the_reason_says_which_word()
    {
        await Host.DefineAsync(Name);
        await Store.PutAsync("observations/tilted.fits", Tilted(2, 0.1));
        await Host.SettledAsync(Name, 1);
        var status = await Host.Grains.Observation(Name, "tilted.fits").GetStatus(CancellationToken.None);
        Assert.Equal(ObservationState.Quarantined, status.State);
        Assert.Contains("\"resample\": true", status.Reason, StringComparison.Ordinal);
    }

    /// <summary>An observation on a TAN image in ICRS, which is tilted by 59 degrees against the survey.</summary>
    private static MapDataset Tilted(int seed, double pixelDeg) => LittleSurvey.Observation(seed, new PixelRegion(3, 4, 8, 7))
        .OnImage(OtherImages.TanImage(new SkyPosition(0.1, 0, SkyFrame.Galactic), pixelDeg, 4.3, 4.1, 8, 7));

    private async Task<Dictionary<TileId, MapDataset>> StacksAsync()
    {
        var stacks = new Dictionary<TileId, MapDataset>();
        foreach (var tile in Survey.Tiling.All())
            if ((await Host.Grains.Tile(Name, tile.ToString()).RequestStack(CancellationToken.None)).Blob is { } blob)
                stacks[tile] = await Store.ReadDatasetAsync(blob);
        return stacks;
    }

    private static MapDataset Offline(TileId tile, MapDataset[] observations)
    {
        var stack = new DatasetStack(Survey.GridWithHalo(tile), StackTemplate.Of(observations[0]));
        foreach (var observation in observations.Select(observation => ObservedFile.Of(observation, Survey)))
            if (Survey.TilesOf(observation).Contains(tile)) stack.Add(observation.On(stack.Geometry));
        return stack.ToDataset("offline");
    }

    private static double OwnedCounts(Dictionary<TileId, MapDataset> stacks) => stacks.Sum(item =>
    {
        var (counts, owned) = (item.Value.Counts!, Survey.OwnedPixels(item.Key));
        return Enumerable.Range(0, counts.Geometry.PlaneCount).Sum(plane => owned.Runs().Sum(
            run => Enumerable.Range(run.X, run.Width).Sum(x => counts[plane, run.Y, x])));
    });

    private static double SafeCounts(MapDataset dataset) => dataset.Counts!.Data.Where((_, i) => dataset.MaskSafe!.Data[i]).Sum();
}
