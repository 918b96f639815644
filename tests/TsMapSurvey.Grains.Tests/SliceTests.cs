using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Slices of a survey: the same nights on every tile, in maps, mosaics and candidates.</summary>
[Trait("Pace", "slow")]
public sealed class SliceTests : IAsyncLifetime
{
    private const string Survey = "nightly";
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, (int Night, MapDataset Dataset)> _there = [];
    private IBlobStore _store = null!;
    private SurveyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = BlobStores.Open(_folder.Path);
        _host = await SurveyHost.StartAsync(_store, silos: 2);
        Assert.True(await _host.Grains.Survey(Survey).Define(NightlySurvey.Json(Survey, "observations/"), CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Maps_mosaics_and_candidates_of_a_slice_are_those_of_its_nights_and_move_on_with_the_newest_night()
    {
        var nothing = await _host.Grains.Mosaic(Survey)
            .Request(new MosaicRequest("point", "counts", 0, true, TimeSpan.FromSeconds(30), "3d"), CancellationToken.None);
        Assert.Equal((TicketState.Empty, null), (nothing.State, nothing.Window));
        // The newest night touches the left tiles alone: the others lose their old nights with it all the same.
        await PutAsync("a.fits", 51600, NightlySurvey.Observation(1, 51600));
        await PutAsync("b.fits", 51602, NightlySurvey.Observation(2, 51602));
        await AssertSliceAsync(NightlySurvey.Window(3, 51602));
        await PutAsync("c.fits", 51604, NightlySurvey.Observation(3, 51604, new PixelRegion(0, 0, 7, 16)));
        await AssertSliceAsync(NightlySurvey.Window(3, 51604));
        await AssertSliceAsync(NightlySurvey.Window(1, 51604));
        var all = await MosaicAsync(SliceWindow.All, null);
        Assert.Equal(Counts(_there.Values.Select(item => item.Dataset)), all);

        // A newest night that was none goes back to the one before.
        await _host.RetractedAsync(Survey, "c.fits");
        _there.Remove("c.fits");
        await AssertSliceAsync(NightlySurvey.Window(3, 51602));
    }

    [Fact]
    public async Task A_killed_silo_changes_no_bit_of_a_window()
    {
        await PutAsync("a.fits", 51600, NightlySurvey.Observation(1, 51600));
        foreach (var seed in Enumerable.Range(2, 4)) await PutAsync($"{seed}.fits", 51601, NightlySurvey.Observation(seed, 51601));
        var window = NightlySurvey.Window(3, 51601);
        await WindowIsAsync(window);
        var tile = _host.Grains.Tile(Survey, "x001y000");
        var before = await _store.ReadDatasetAsync((await tile.RequestWindow(window, CancellationToken.None)).Blob!);
        await _host.KillSiloOfAsync(tile);
        // The published copy must not be what is compared.
        Directory.Delete(Path.Combine(_folder.Path, "surveys", Survey, "windows", "3d", "stacks"), recursive: true);
        StackTicket? after = null;
        await Until.TrueAsync(async () =>
        {
            try
            {
                after = await tile.RequestWindow(window, CancellationToken.None);
                return after.State == TicketState.Ready;
            }
            catch (Exception exception)
                when (exception is SurveyServiceException { RetryHelps: true } or OrleansException or TimeoutException)
            {
                return false;
            }
        });
        NightlySurvey.AssertIdentical(before, await _store.ReadDatasetAsync(after!.Blob!));
    }

    [Fact]
    public async Task A_replaced_observation_changes_its_night_on_every_tile()
    {
        await PutAsync("a.fits", 51600, NightlySurvey.Observation(1, 51600));
        await PutAsync("b.fits", 51601, NightlySurvey.Observation(2, 51601));
        await AssertSliceAsync(NightlySurvey.Window(1, 51601));
        await PutAsync("a.fits", 51602, NightlySurvey.Observation(3, 51602));
        await AssertSliceAsync(NightlySurvey.Window(1, 51602));
        await AssertSliceAsync(NightlySurvey.Window(3, 51602));
    }

    [Fact]
    public async Task Slices_may_be_changed_and_nothing_else_of_a_definition()
    {
        var definition = NightlySurvey.Json(Survey, "observations/");
        Assert.False(await _host.Grains.Survey(Survey)
            .Define(definition.Replace("\"3d\"", "\"30d\"", StringComparison.Ordinal), CancellationToken.None));
        Assert.Contains("30d", (await _host.Grains.Survey(Survey).GetInfo(CancellationToken.None)).Definition, StringComparison.Ordinal);
        var conflict = await Assert.ThrowsAsync<SurveyServiceException>(() => _host.Grains.Survey(Survey).Define(
            definition.Replace("\"slices\"", "\"nightStartUtcHour\": 3, \"slices\"", StringComparison.Ordinal), CancellationToken.None));
        Assert.Equal(ServiceError.DefinitionConflict, conflict.Error);
    }

    [Fact]
    public async Task What_has_no_time_or_one_to_come_is_quarantined_and_moves_no_window()
    {
        await PutAsync("a.fits", 51600, NightlySurvey.Observation(1, 51600));
        await _store.PutAsync("observations/timeless.fits", LittleSurvey.Observation(2, LittleSurvey.Everywhere) with { Gti = null });
        await _store.PutAsync("observations/tomorrow.fits", NightlySurvey.Observation(3, 90000));
        await _host.SettledAsync(Survey, 3);
        var quarantined = (await _host.Grains.Survey(Survey)
            .Observations(ObservationState.Quarantined, null, 100, CancellationToken.None)).Items;
        Assert.Equal(["timeless.fits", "tomorrow.fits"], quarantined.Select(entry => entry.Name));
        Assert.Contains("GTI: found no interval", quarantined[0].Reason, StringComparison.Ordinal);
        Assert.Contains(
            "GTI: found the night of 2105-04-16 12:00 UTC, expected one that has begun", quarantined[1].Reason, StringComparison.Ordinal);
        await AssertSliceAsync(NightlySurvey.Window(3, 51600));
    }

    [Fact]
    public async Task A_slice_that_the_survey_has_not_is_refused()
    {
        var unknown =
            await Assert.ThrowsAsync<SurveyServiceException>(() => _host.Grains.Survey(Survey).GetWindow("2d", CancellationToken.None));
        Assert.Equal(ServiceError.UnknownSlice, unknown.Error);
        Assert.Contains("expected one of all, 3d, 1d", unknown.Message, StringComparison.Ordinal);
    }

    private async Task PutAsync(string name, int night, MapDataset dataset)
    {
        _there[name] = (night, dataset);
        await _store.PutAsync($"observations/{name}", dataset);
        await _host.SettledAsync(Survey, _there.Count);
    }

    /// <summary>Tiles tell the survey of their newest night after they have acknowledged.</summary>
    private Task WindowIsAsync(SliceWindow window) =>
        Until.TrueAsync(async () => await _host.Grains.Survey(Survey).GetWindow(window.Slice, CancellationToken.None) == window);

    /// <summary>
    /// Every tile's window stack and map, the mosaic and the candidates, against what one makes of the observations of these nights
    /// without any grain.
    /// </summary>
    private async Task AssertSliceAsync(SliceWindow window)
    {
        await WindowIsAsync(window);
        var within = _there.Values.Where(item => window.Contains(item.Night)).Select(item => item.Dataset).ToArray();
        var best = 0.0;
        foreach (var tile in NightlySurvey.Resolved.Tiling.All())
        {
            var grain = _host.Grains.Tile(Survey, tile.ToString());
            var touching = within.Where(observation => NightlySurvey.Resolved.TilesOf(observation).Contains(tile)).ToArray();
            var ticket = await grain.RequestWindow(window, CancellationToken.None);
            Assert.Equal(window, ticket.Window);
            var map = await FreshMapAsync(tile, window);
            Assert.Equal(window, map.Window);
            if (touching.Length == 0)
            {
                Assert.Equal(TicketState.Empty, map.State);
                continue;
            }

            var offline = LittleSurvey.Offline(tile, touching);
            Expected.AssertSame(offline, await _store.ReadDatasetAsync(ticket.Blob!));
            var expected = new TsMapEstimator(NightlySurvey.Resolved.Maps["point"] with { NJobs = 1 })
                .Run([offline], default(MapDataset), NightlySurvey.Resolved.OwnedPixels(tile).Box).Find("sqrt_ts")!;
            var found = await _store.ReadMapAsync(map.Blob!, "SQRT_TS");
            for (var i = 0; i < expected.Data.Length; i++) Assert.Equal(
                expected.Data[i], found.Data[i], double.IsNaN(expected.Data[i]) ? 0 : 1e-9 * (1 + Math.Abs(expected.Data[i])));
            best = Math.Max(best, expected.Data.Where(double.IsFinite).Append(0).Max());
        }

        Assert.Equal(Counts(within), await MosaicAsync(window.Slice, window));
        var candidates = await _host.Grains.Mosaic(Survey)
            .Candidates(new CandidateRequest("point", 3, 0.1, true, TimeSpan.FromSeconds(30), window.Slice), CancellationToken.None);
        Assert.Equal((window, 0), (candidates.Window, candidates.TilesPending));
        Assert.Equal(best, candidates.Items[0].SqrtTs, 1e-6);
    }

    /// <summary>The sum of the counts of the survey's image, as it is fresh.</summary>
    private async Task<double> MosaicAsync(string slice, SliceWindow? window)
    {
        var ticket = await _host.Grains.Mosaic(Survey)
            .Request(new MosaicRequest("point", "counts", 0, true, TimeSpan.FromSeconds(30), slice), CancellationToken.None);
        Assert.Equal((TicketState.Ready, window), (ticket.State, ticket.Window));
        return (await _store.ReadMapAsync(ticket.Blob!, "COUNTS")).Data.Where(double.IsFinite).Sum();
    }

    private async Task<MapTicket> FreshMapAsync(TileId tile, SliceWindow window)
    {
        MapTicket? ticket = null;
        await Until.TrueAsync(async () =>
        {
            ticket = await _host.Grains.Tile(Survey, tile.ToString())
                .RequestMap(new MapRequest("point", Fresh: true, TimeSpan.FromSeconds(10), Window: window), CancellationToken.None);
            return ticket.State != TicketState.Computing;
        });
        return ticket!;
    }

    private static double Counts(IEnumerable<MapDataset> observations) => LittleSurvey.SafeCounts(observations);
}
