using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>From blobs that land to maps, with everything real but the size.</summary>
[Trait("Pace", "slow")]
public sealed class PipelineTests : IAsyncLifetime
{
    private const string Survey = "little";
    private readonly TemporaryFolder _folder = new();
    private readonly Maps.Datasets.MapDataset[] _observations = LittleSurvey.Several();
    private IBlobStore _store = null!;
    private SurveyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = BlobStores.Open(_folder.Path);
        _host = await SurveyHost.StartAsync(_store);
        await _host.DefineAsync(Survey);
        foreach (var observation in _observations) await _store.PutAsync($"observations/{observation.Name}.fits.gz", observation);
        await _host.SettledAsync(Survey, _observations.Length);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Everything_that_landed_is_stacked_on_exactly_the_tiles_it_touches()
    {
        Assert.Equal(_observations.Length,
            Assert.Contains(ObservationState.Stacked, (IReadOnlyDictionary<ObservationState, int>)await _host.StatesAsync(Survey)));
        foreach (var observation in _observations)
        {
            var status = await _host.Grains.Observation(Survey, $"{observation.Name}.fits.gz").GetStatus(CancellationToken.None);
            Assert.Equal(LittleSurvey.Resolved.TilesOf(observation).Select(tile => tile.ToString()), status.Tiles);
            Assert.NotNull(status.StackedAt);
        }
    }

    [Fact]
    public async Task A_tiles_map_equals_the_one_computed_without_any_grain()
    {
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
        {
            var ticket = await _host.FreshMapAsync(Survey, tile.ToString());
            Assert.Equal((TicketState.Ready, false), (ticket.State, ticket.Stale));
            var (stack, survey) = (LittleSurvey.Offline(tile, _observations), LittleSurvey.Resolved);
            var offline = new TsMapEstimator(survey.Maps["point"] with { NJobs = 1 }).Run([stack], region: survey.OwnedPixels(tile).Box);
            foreach (var quantity in new[] { "sqrt_ts", "norm", "norm_err", "norm_ul", "npred" })
                AssertClose(offline.Find(quantity)!.Data, (await _store.ReadMapAsync(ticket.Blob!, quantity.ToUpperInvariant())).Data);
        }
    }

    [Fact]
    public async Task No_count_is_lost_or_doubled_over_the_tiles()
    {
        var sum = 0.0;
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
        {
            var ticket = await _host.Grains.Tile(Survey, tile.ToString()).RequestStack(CancellationToken.None);
            var (stack, own) = (await _store.ReadDatasetAsync(ticket.Blob!), LittleSurvey.Resolved.OwnedPixels(tile).Box);
            for (var plane = 0; plane < stack.Counts!.Geometry.PlaneCount; plane++)
                for (var y = own.Y; y < own.Y + own.Height; y++)
                    for (var x = own.X; x < own.X + own.Width; x++) sum += stack.Counts[plane, y, x];
        }

        Assert.Equal(LittleSurvey.SafeCounts(_observations), sum);
    }

    [Fact]
    public async Task The_mosaic_holds_every_tiles_own_pixels()
    {
        var ticket = await _host.Grains.Mosaic(Survey)
            .Request(new MosaicRequest("point", "flux", 0, Fresh: true, TimeSpan.FromSeconds(60)), CancellationToken.None);
        Assert.Equal((TicketState.Ready, 0), (ticket.State, ticket.TilesPending));
        var mosaic = await _store.ReadMapAsync(ticket.Blob!, "FLUX");
        Assert.Equal((24, 16, "cm-2 s-1"), (mosaic.Geometry.Width, mosaic.Geometry.Height, mosaic.Unit));
        var sky = LittleSurvey.Resolved.Maps["point"].Model.Spectral.Integral(1, 10);
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
        {
            var (map, own) =
                (await _host.FreshMapAsync(Survey, tile.ToString()), ((IMosaicGrid)LittleSurvey.Resolved.Tiling).RegionOf(tile));
            var norm = await _store.ReadMapAsync(map.Blob!, "NORM");
            for (var y = 0; y < own.Height; y++)
                for (var x = 0; x < own.Width; x++)
                {
                    var expected = norm[0, y, x] * sky;
                    Assert.Equal((float)expected, (float)mosaic[0, own.Y + y, own.X + x], double.IsNaN(expected)
                        ? 0 : (float)Math.Abs(expected * 1e-6));
                }
        }
    }

    [Fact]
    public async Task A_mosaic_of_counts_holds_all_safe_counts()
    {
        var ticket = await _host.Grains.Mosaic(Survey)
            .Request(new MosaicRequest("", "counts", 0, Fresh: true, TimeSpan.Zero), CancellationToken.None);
        Assert.Equal(LittleSurvey.SafeCounts(_observations), (await _store.ReadMapAsync(ticket.Blob!, "COUNTS")).Data.Sum());
    }

    [Fact]
    public async Task Only_what_was_touched_changes_in_the_next_mosaic()
    {
        async Task<MosaicTicket> RequestAsync() =>
            await _host.Grains.Mosaic(Survey)
                .Request(new MosaicRequest("point", "sqrt_ts", 0, Fresh: true, TimeSpan.FromSeconds(60)), CancellationToken.None);
        var before = await RequestAsync();
        await _store.PutAsync("observations/late.fits.gz", LittleSurvey.Observation(9, new PixelRegion(18, 10, 6, 6), source: 0));
        await _host.SettledAsync(Survey, _observations.Length + 1);
        var after = await RequestAsync();
        Assert.True(after.Revision > before.Revision);
        var (old, now) = (await _store.ReadMapAsync(before.Blob!, "SQRT_TS"), await _store.ReadMapAsync(after.Blob!, "SQRT_TS"));
        Assert.NotEqual(old[0, 12, 20], now[0, 12, 20]);
        Assert.Equal(old[0, 2, 2], now[0, 2, 2]);
    }

    [Fact]
    public async Task Candidates_are_peaks_each_once_the_strongest_first()
    {
        var list = await _host.Grains.Mosaic(Survey)
            .Candidates(new CandidateRequest("point", 4, 0.3, Fresh: true, TimeSpan.FromSeconds(60)), CancellationToken.None);
        Assert.NotEmpty(list.Items);
        Assert.Equal(list.Items.OrderByDescending(candidate => candidate.SqrtTs), list.Items);
        // The brightest source of the made-up sky: where the observation over everything has its own, in the middle.
        var brightest = new SkyPosition(list.Items[0].RaDeg, list.Items[0].DecDeg, SkyFrame.Icrs);
        Assert.True(LittleSurvey.Resolved.Grid.TryPixelOf(brightest, out int x, out int y));
        Assert.InRange(x, 10, 14);
        Assert.InRange(y, 6, 10);
        for (var i = 1; i < list.Items.Length; i++)
            Assert.True(new SkyPosition(list.Items[i].RaDeg, list.Items[i].DecDeg, SkyFrame.Icrs).SeparationDeg(brightest) >= 0.3);
    }

    [Fact]
    public async Task A_reader_who_does_not_insist_gets_the_last_map_at_once_and_a_new_one_is_made()
    {
        var first = await _host.FreshMapAsync(Survey, "x000y000");
        await _store.PutAsync("observations/more.fits.gz", LittleSurvey.Observation(8, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, _observations.Length + 1);
        var request = new MapRequest("point", Fresh: false, TimeSpan.Zero);
        var stale = await _host.Grains.Tile(Survey, "x000y000").RequestMap(request, CancellationToken.None);
        Assert.Equal((TicketState.Ready, first.Revision, first.Blob, true), (stale.State, stale.Revision, stale.Blob, stale.Stale));
        await Until.TrueAsync(async () => !(await _host.Grains.Tile(Survey, "x000y000").RequestMap(request, CancellationToken.None)).Stale);
    }

    [Fact]
    public async Task What_is_not_there_is_named_with_what_is()
    {
        var map = await Assert.ThrowsAsync<SurveyServiceException>(
            () => _host.Grains.Tile(Survey, "x000y000").RequestMap(new MapRequest("nope", false, TimeSpan.Zero), CancellationToken.None));
        Assert.Equal((ServiceError.UnknownMap, false), (map.Error, map.RetryHelps));
        Assert.Contains("point, wide", map.Message, StringComparison.Ordinal);
        var tile = await Assert.ThrowsAsync<SurveyServiceException>(
            () => _host.Grains.Tile(Survey, "x003y000").GetSummary(CancellationToken.None));
        Assert.Equal(ServiceError.UnknownTile, tile.Error);
        var survey = await Assert.ThrowsAsync<SurveyServiceException>(() => _host.Grains.Survey("other").GetStatus(CancellationToken.None));
        Assert.Equal(ServiceError.UnknownSurvey, survey.Error);
        var quantity = await Assert.ThrowsAsync<SurveyServiceException>(() => _host.Grains.Mosaic(Survey)
            .Request(new MosaicRequest("point", "beauty", 0, true, TimeSpan.FromSeconds(60)), CancellationToken.None));
        Assert.Equal(ServiceError.UnknownQuantity, quantity.Error);
        Assert.Contains("sqrt_ts", quantity.Message, StringComparison.Ordinal);
    }

    private static void AssertClose(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            if (double.IsNaN(expected[i])) Assert.True(double.IsNaN(found[i]));
            else Assert.Equal(expected[i], found[i], 1e-9 * (1 + Math.Abs(expected[i])));
    }
}
