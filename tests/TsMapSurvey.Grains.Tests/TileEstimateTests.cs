using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Zones;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tests;

/// <summary>
/// The maps of one tile of 64 x 64 pixels with observations in its corners, revision after revision, each against the same from scratch.
/// </summary>
[Trait("Pace", "slow")]
public sealed class TileEstimateTests : IAsyncLifetime
{
    private const string Tile = "x000y000";
    private const long All = 64 * 64;
    private const long Corner = All / 3;
    private static readonly Survey Fixed = Survey.Resolve(SurveyDefinition.Parse(Json("fixed")));
    private static readonly PixelRegion[] Corners = [new(2, 1, 13, 12), new(50, 2, 12, 12), new(1, 51, 12, 11), new(49, 50, 14, 13)];
    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _names = [];
    private readonly MapDataset _irfs = LittleSurvey.Observation(7, LittleSurvey.Everywhere, survey: Fixed);
    private string _survey = "fixed";
    private FaultyStore _store = null!;
    private SurveyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = new FaultyStore(BlobStores.Open(_folder.Path));
        _host = await SurveyHost.StartAsync(_store);
        await _store.PutAsync("irfs.fits.gz", _irfs);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task One_more_observation_costs_the_pixels_that_it_reaches()
    {
        await DefineAsync();
        Assert.Equal(All, await ComputedAsync());
        await PutAsync("more", 11, new PixelRegion(4, 5, 8, 8));
        Assert.InRange(await ComputedAsync(), 8 * 8, Corner);
        await PutAsync("one", 12, Corners[3]);
        await PutAsync("other", 13, Corners[3]);
        Assert.InRange(await ComputedAsync(), Corners[3].Area, Corner);
        // Each map of the survey has an estimate of its own, which is of an earlier revision the longer nobody asked.
        Assert.Equal(All, await ComputedAsync("wide"));
        await PutAsync("last", 14, Corners[1]);
        Assert.InRange(await ComputedAsync("wide"), Corners[1].Area, Corner);
        await PutAsync("far", 15, Corners[2]);
        Assert.True(await ComputedAsync() > Corner, "two opposite corners had changed");
    }

    [Fact]
    public async Task What_is_retracted_and_what_is_replaced_costs_the_pixels_that_it_reached()
    {
        await DefineAsync();
        await ComputedAsync();
        await _host.RetractedAsync(_survey, "corner-0.fits");
        Assert.InRange(await ComputedAsync(), Corners[0].Area, Corner);
        await PutAsync("corner-3", 21, Corners[3] with { Width = 9 });
        Assert.InRange(await ComputedAsync(), Corners[3].Area, Corner);
        await _host.Grains.Observation(_survey, "corner-0.fits").Retry(CancellationToken.None);
        await _host.SettledAsync(_survey, _names.Count);
        Assert.InRange(await ComputedAsync(), Corners[0].Area, Corner);
    }

    [Fact]
    public async Task After_a_restart_the_next_map_is_from_scratch()
    {
        await DefineAsync();
        await ComputedAsync();
        await _host.DisposeAsync();
        _host = await SurveyHost.StartAsync(_store);
        await PutAsync("more", 31, Corners[1]);
        Assert.Equal(All, await ComputedAsync());
        await PutAsync("again", 32, Corners[2]);
        Assert.InRange(await ComputedAsync(), Corners[2].Area, Corner);
    }

    [Fact]
    public async Task Without_memory_every_map_is_from_scratch()
    {
        await _host.DisposeAsync();
        _host = await SurveyHost.StartAsync(_store, options: SurveyHost.Quick with { StackBytes = 1 });
        await DefineAsync();
        Assert.Equal(All, await ComputedAsync());
        await PutAsync("more", 41, Corners[1]);
        Assert.Equal(All, await ComputedAsync());
        Assert.Equal(0, _host.Service<StackMemory>().Bytes);
    }

    [Theory]
    [InlineData("fits")]
    [InlineData("json")]
    public async Task A_map_that_could_not_be_published_leaves_nothing_to_go_on_from(string blob)
    {
        await DefineAsync();
        await ComputedAsync();
        await PutAsync("more", 51, Corners[1]);
        var next = (await _host.TilesAsync(_survey)).Single().Revision;
        _store.FailWrites($"maps/{Tile}/point/{next:D10}.{blob}", Fault.Defect);
        Assert.Equal(TicketState.Failed, (await _host.FreshMapAsync(_survey, Tile)).State);
        Assert.True(_store.IsDone, "the planned fault did not happen");
        Assert.Equal(All, await ComputedAsync());
    }

    [Fact]
    public async Task With_the_tiles_own_irfs_everything_is_computed_where_they_move()
    {
        _survey = "own";
        await DefineAsync();
        var centre = new PixelRegion(20, 20, 24, 24);
        await PutAsync("centre", 61, centre);
        Assert.Equal(All, await ComputedAsync());
        // Beyond the pixels that give the tile's kernel.
        await PutAsync("more", 62, Corners[1]);
        Assert.InRange(await ComputedAsync(), Corners[1].Area, Corner);
        var other = LittleSurvey.Observation(63, centre, survey: Fixed);
        var (edisp, sharper) =
            (other.Edisp!, other.Edisp!.Data with { Data = Array.ConvertAll(other.Edisp.Data.Data, value => 0.9 * value) });
        await PutAsync("sharper", other with { Edisp = new Maps.Irf.EdispMap(sharper, edisp.Exposure) });
        Assert.Equal(All, await ComputedAsync());
    }

    [Fact]
    public async Task A_tile_that_is_empty_again_and_filled_again_starts_from_scratch()
    {
        await DefineAsync();
        await ComputedAsync();
        await _host.RetractedAsync(_survey, "corner-0.fits", "corner-1.fits", "corner-2.fits", "corner-3.fits");
        Assert.Equal(TicketState.Empty, (await _host.FreshMapAsync(_survey, Tile)).State);
        await PutAsync("new", 71, Corners[0]);
        Assert.Equal(All, await ComputedAsync());
    }

    [Fact]
    public void Facts_that_are_cut_changed_or_without_a_checksum_are_not_taken()
    {
        var whole =
            new MapFacts { Tile = Tile, Map = "point", Revision = 3, ComputedAt = DateTimeOffset.UnixEpoch, PixelsComputed = 17 }.Format();
        Assert.Equal((3, 17), (MapFacts.Parse(whole)!.Revision, MapFacts.Parse(whole)!.PixelsComputed));
        for (var at = 0; at < whole.Length; at++)
        {
            Assert.Null(MapFacts.Parse(whole.AsSpan(0, at)));
            var changed = whole.ToArray();
            changed[at] ^= 1;
            Assert.Null(MapFacts.Parse(changed));
        }

        Assert.Null(MapFacts.Parse("""{ "tile": "x000y000", "map": "point", "revision": 3, "computedAt": "2026-01-01T00:00:00Z" }"""u8));
    }

    [Fact]
    public void Who_takes_an_estimate_has_it_alone_and_after_the_end_none_is_kept()
    {
        var memory = new StackMemory(SurveyHost.Quick);
        var estimates = new TileEstimates(memory);
        var options = Fixed.Maps["point"];
        var stack = new DatasetStack(Fixed.GridWithHalo(GridTiling.IdOf(0, 0)), StackTemplate.Of(_irfs));
        stack.Add(_irfs);
        var made = TileEstimate.Make(
            null, new TsMapEstimator(options), stack.ToDataset("one"), _irfs, ResponseZones.One(stack.Geometry.Image),
            Fixed.OwnedPixels(GridTiling.IdOf(0, 0)).Box, CancellationToken.None);
        estimates.Put("point", made);
        Assert.Equal(made.ByteSize, memory.Bytes);
        Assert.True(made.ByteSize > 8 * All, $"{made.ByteSize} bytes");
        Assert.Null(estimates.Take("wide"));
        Assert.Same(made, estimates.Take("point"));
        Assert.Null(estimates.Take("point"));
        Assert.Equal(0, memory.Bytes);
        estimates.Put("point", made);
        estimates.Release();
        estimates.Put("point", made);
        Assert.Null(estimates.Take("point"));
        Assert.Equal(0, memory.Bytes);
    }

    private static string Json(string name, string irfs = "") => $$"""
        { "name": "{{name}}", "observations": "observations/",
          "tiling": { "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.1, "widthDeg": 6.4, "heightDeg": 6.4, "tilePixels": 64 },
          "energyAxis": { "minTeV": 1, "maxTeV": 10, "bins": 2 }, "trueEnergyAxis": { "minTeV": 0.5, "maxTeV": 20, "bins": 3 },
          {{irfs}} "maps": { "point": { "kernelWidthDeg": 0.5, "selection": ["ul"] },
              "wide": { "spatial": "gauss:0.1deg", "kernelWidthDeg": 0.7 } } }
        """;

    /// <summary>The survey, with an observation in each corner.</summary>
    private async Task DefineAsync()
    {
        await _host.Grains.Survey(_survey)
            .Define(Json(_survey, _survey == "fixed" ? "\"irfs\": \"irfs.fits.gz\"," : ""), CancellationToken.None);
        foreach (var (corner, i) in Corners.Select((corner, i) => (corner, i))) await PutAsync($"corner-{i}", i + 1, corner);
    }

    private Task PutAsync(string name, int seed, PixelRegion region) =>
        PutAsync(name, LittleSurvey.Observation(seed, region, survey: Fixed));

    private async Task PutAsync(string name, MapDataset observation)
    {
        await _store.PutAsync(
            $"observations/{name}.fits", _survey == "fixed" ? observation with { Psf = null, Edisp = null } : observation);
        _names.Add(name);
        await _host.SettledAsync(_survey, _names.Count);
    }

    /// <summary>How many pixels the newest map was computed in; it is that of the newest stack from scratch.</summary>
    private async Task<long> ComputedAsync(string map = "point")
    {
        var ticket = await _host.FreshMapAsync(_survey, Tile, map);
        Assert.Equal((TicketState.Ready, ticket.NewestRevision), (ticket.State, ticket.Revision));
        var stack = await _store.ReadDatasetAsync((await _host.Grains.Tile(_survey, Tile).RequestStack(CancellationToken.None)).Blob!);
        var expected = new TsMapEstimator(Fixed.Maps[map] with { NJobs = 1 })
            .Run([stack], _survey == "fixed" ? _irfs : null, Fixed.OwnedPixels(GridTiling.IdOf(0, 0)).Box);
        using var file = FitsFile.Open((await _store.OpenReadAsync(ticket.Blob!, null, CancellationToken.None))!, ticket.Blob!);
        Assert.InRange(expected.Find("ts")!.Data.Count(ts => ts > 1), 20, All);
        AssertSame(expected, FluxMapsFile.Read(file));
        var facts = MapFacts.Parse((await _store.ReadAsync(
            $"surveys/{_survey}/maps/{Tile}/{map}/{ticket.Revision:D10}.json", CancellationToken.None))!.Bytes.Span)!;
        Assert.NotNull(facts.PixelsComputed);
        return facts.PixelsComputed.Value;
    }

    private static void AssertSame(FluxMaps expected, FluxMaps found)
    {
        foreach (var name in expected.Stored)
        {
            var (a, b) = (expected.Find(name)!.Data, found.Find(name)!.Data);
            Assert.Equal(a.Length, b.Length);
            for (var i = 0; i < a.Length; i++)
                Assert.True(a[i].Equals(b[i])
                    || Math.Abs(a[i] - b[i]) <= 1e-9 * Math.Max(1, Math.Abs(a[i])), $"{name}, {i}: {b[i]:r}, expected {a[i]:r}");
        }

        Assert.Equal(expected.Gti!.Intervals, found.Gti!.Intervals);
    }
}
