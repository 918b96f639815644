using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tests;

/// <summary>What can never fit into a silo's memory is refused with the figure, and what is beside it goes on.</summary>
public sealed class MemoryAdmissionTests : TileOfAStore
{
    private const string Survey = "wide";

    [Fact]
    public async Task A_tile_that_can_never_fit_is_refused_before_its_stack_is_allocated()
    {
        await Store.PutAsync("observations/1.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        var entry = (await Store.FindAsync("observations/1.fits", Cancel))!;
        var memory = new StackMemory(SurveyHost.Quick with { StackBytes = 1, TileBytes = 1 });
        var stack = new TileStack(Setup, Tile, Reader, memory, SurveyHost.Quick, TimeProvider.System);
        var change = TileChange.Put(new ObservationRef("1.fits", entry.ETag), 1);
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(() => stack.ApplyAsync([change], Cancel));
        Assert.Equal(ServiceError.TooLarge, exception.Error);
        Assert.Matches(@"^the stack of tile x001y000 needs [\d.]+ MB of memory, expected at most 0 MB$", exception.Message);
        Assert.Equal(0, Reader.DecodedCount);
    }

    [Fact]
    public async Task A_mosaic_that_can_never_fit_is_refused_and_the_tiles_maps_are_made()
    {
        // 3600 x 16 pixels: each tile is small, and all of them together are not.
        var json = LittleSurvey.Json(Survey, "observations/").Replace("\"widthDeg\": 2.4", "\"widthDeg\": 360", StringComparison.Ordinal);
        var tile = (long)TileBytes.Of(TsMapSurvey.Surveys.Survey.Resolve(SurveyDefinition.Parse(json))).Total;
        await using var host = await SurveyHost.StartAsync(Store, options: SurveyHost.Quick with { TileBytes = tile, WorkBytes = 1 });
        await host.Grains.Survey(Survey).Define(json, Cancel);
        var resolved = TsMapSurvey.Surveys.Survey.Resolve(SurveyDefinition.Parse(json));
        await Store.PutAsync("observations/1.fits", LittleSurvey.Observation(1, new Sky.PixelRegion(1788, 0, 24, 16), survey: resolved));
        await host.SettledAsync(Survey, 1);
        Assert.Equal(TicketState.Ready, (await host.FreshMapAsync(Survey, "x224y000")).State);
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(
            () => host.Grains.Mosaic(Survey).Request(new MosaicRequest("point", "counts", 0, false, TimeSpan.Zero), Cancel));
        Assert.Equal(ServiceError.TooLarge, exception.Error);
        Assert.Matches(@"^the mosaic of survey wide needs [\d.]+ MB of memory, expected at most [\d.]+ MB$", exception.Message);
        Assert.Equal(TicketState.Ready, (await host.FreshMapAsync(Survey, "x224y001", "wide")).State);
    }
}
