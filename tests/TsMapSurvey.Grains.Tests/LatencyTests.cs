using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>An observation becomes fresh maps without waiting for anything but work.</summary>
[Trait("Pace", "slow")]
public sealed class LatencyTests : IAsyncLifetime
{
    private const string Survey = "little";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private FaultyStore _faulty = null!;
    private SurveyHost? _host;

    public ValueTask InitializeAsync()
    {
        _faulty = new FaultyStore(BlobStores.Open(_folder.Path));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_renamed_observation_becomes_fresh_maps_and_a_mosaic_though_no_timer_ever_ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the other systems' watchers do not know renamed files");
        await StartAsync(BlobStores.Open(_folder.Path), new NoTimers());
        var outside = BlobStores.Open(_folder.File("outside"));
        for (var i = 1; i <= 2; i++)
        {
            await outside.PutAsync("made.fits", LittleSurvey.Observation(i, LittleSurvey.Everywhere));
            File.Move(_folder.File("outside", "made.fits"), _folder.File("observations", $"{i}.fits"));
            await Until.TrueAsync(async () =>
                (await _host!.StatesAsync(Survey)).GetValueOrDefault(ObservationState.Stacked) == i);
            foreach (var tile in await _host!.TilesAsync(Survey))
            {
                var ticket = await FreshAsync(tile.Tile);
                Assert.Equal((TicketState.Ready, false), (ticket.State, ticket.Stale));
            }

            var mosaic = await _host.Grains.Mosaic(Survey)
                .Request(new MosaicRequest("wide", "flux", 0, Fresh: true, Patience), CancellationToken.None).WaitAsync(Patience);
            Assert.Equal((TicketState.Ready, 0), (mosaic.State, mosaic.TilesPending));
        }
    }

    [Theory]
    [InlineData("point/0000000001.fits")]
    [InlineData("point/0000000001.json")]
    public async Task The_next_tiles_map_is_computed_and_stored_while_one_is_being_stored(string ending)
    {
        await StartAsync(_faulty, TimeProvider.System);
        await _faulty.PutAsync("observations/1.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _host!.SettledAsync(Survey, 1);
        var tiles = await _host.TilesAsync(Survey);
        var held = _faulty.HoldNextWrite($"maps/{tiles[0].Tile}/{ending}");
        var first = FreshAsync(tiles[0].Tile);
        await held.Begun.WaitAsync(Patience);
        Assert.Equal(TicketState.Ready, (await FreshAsync(tiles[1].Tile)).State);
        Assert.False(first.IsCompleted);
        held.Release();
        Assert.Equal(TicketState.Ready, (await first).State);
    }

    private async Task StartAsync(IBlobStore store, TimeProvider time)
    {
        _host = await SurveyHost.StartAsync(
            store, options: SurveyHost.Quick with { ReconcileEvery = TimeSpan.FromDays(1) }, time: time);
        await _host.DefineAsync(Survey);
        await Until.TrueAsync(async () => (await _host.Grains.Intake(Survey).GetReport(CancellationToken.None)).ReconciledAt is not null);
    }

    private Task<MapTicket> FreshAsync(string tile) => _host!.Grains.Tile(Survey, tile)
        .RequestMap(new MapRequest("point", Fresh: true, Patience), CancellationToken.None).WaitAsync(Patience);
}
