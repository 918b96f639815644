using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

[Trait("Pace", "slow")]
public sealed class ReplaceTests : IAsyncLifetime
{
    private const string Survey = "little";
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, MapDataset> _there = [];
    private FaultyStore _store = null!;
    private SurveyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = new FaultyStore(BlobStores.Open(_folder.Path));
        _host = await SurveyHost.StartAsync(_store);
        await _host.DefineAsync(Survey);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_new_version_takes_the_place_of_the_old_one_in_one_commit_of_each_tile(int which)
    {
        await PutSeveralAsync();
        var before = (await _host.TilesAsync(Survey)).ToDictionary(tile => tile.Tile, tile => tile.Revision);
        var name = $"obs-{which + 1}.fits";
        var old = LittleSurvey.Resolved.TilesOf(_there[name]);
        // It reaches tiles that the old one did not, and leaves some that it did.
        await PutAsync(name, LittleSurvey.Observation(20 + which, new PixelRegion(10, 6, 12, 10)));
        await _host.SettledAsync(Survey, 5);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        var touched = old.Union(LittleSurvey.Resolved.TilesOf(_there[name])).Select(tile => tile.ToString()).ToHashSet();
        foreach (var tile in await _host.TilesAsync(Survey))
            Assert.Equal(before[tile.Tile] + (touched.Contains(tile.Tile) ? 1 : 0), tile.Revision);
        var status = await Observation(name).GetStatus(CancellationToken.None);
        Assert.Equal((ObservationState.Stacked, status.SeenETag, null), (status.State, status.ETag, status.Reason));
        Assert.Equal([ObservationState.Stacked, ObservationState.Changed, ObservationState.Planned, ObservationState.Stacked],
            status.History.TakeLast(4).Select(step => step.State));
    }

    [Fact]
    public async Task The_same_content_written_again_or_touched_is_no_new_version()
    {
        await PutSeveralAsync();
        var revisions = (await _host.TilesAsync(Survey)).Sum(tile => tile.Revision);
        foreach (var name in _there.Keys)
            File.SetLastWriteTimeUtc(_folder.File("observations", name), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        await _host.SettledAsync(Survey, 5);
        foreach (var (name, dataset) in _there) await _store.PutAsync($"observations/{name}", dataset);
        await _host.SettledAsync(Survey, 5);
        Assert.Equal(5, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
        Assert.Equal(revisions, (await _host.TilesAsync(Survey)).Sum(tile => tile.Revision));
        // What is under the old ETag in the ledgers can still be read again, by its content.
        await _host.DisposeAsync();
        _host = await SurveyHost.StartAsync(_store);
        await _host.RetractedAsync(Survey, "obs-1.fits");
        _there.Remove("obs-1.fits");
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Theory]
    [InlineData("observations/one.fits.json", 0)]
    [InlineData("observations/one.fits.json", 1)]
    [InlineData("x000y000/manifest.json", 0)]
    [InlineData("x002y001/manifest.json", 0)]
    public async Task A_version_that_comes_while_the_one_before_is_being_stacked_is_the_one_that_stays(string blob, int after)
    {
        await PutAsync("other.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, 1);
        var held = _store.HoldNextWrite(blob, after);
        await PutAsync("one.fits", LittleSurvey.Observation(2, LittleSurvey.Everywhere));
        await held.Begun;
        await PutAsync("one.fits", LittleSurvey.Observation(3, new PixelRegion(4, 4, 12, 10)));
        await _host.Grains.Intake(Survey).Notify("one.fits", CancellationToken.None);
        held.Release();
        await _host.SettledAsync(Survey, 2);
        Assert.Equal(2, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task What_was_replaced_while_no_silo_ran_is_replaced_in_checkpoints_and_tails_alike(int replaced)
    {
        await PutSeveralAsync();
        await _host.DisposeAsync();
        for (var i = 1; i <= replaced; i++) await PutAsync(
            $"obs-{i}.fits", LittleSurvey.Observation(30 + i, new PixelRegion(3 * i, 2, 10, 10)));
        _host = await SurveyHost.StartAsync(_store);
        // Readers who come first get what is published or have to wait; they do not make a tile forget the old version before it has the
        // new one.
        var maps = LittleSurvey.Resolved.Tiling.All().Select(tile => _host.FreshMapAsync(Survey, tile.ToString())).ToArray();
        await _host.SettledAsync(Survey, 5);
        await Task.WhenAll(maps);
        Assert.Equal(5, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task A_reader_never_sees_a_tile_without_an_observation_that_is_being_replaced_or_with_both_versions()
    {
        await PutAsync("other.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await PutAsync("one.fits", LittleSurvey.Observation(2, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, 2);
        var tile = GridTiling.IdOf(1, 1);
        double[][] allowed = [Sum(tile), []];
        for (var round = 0; round < 3; round++)
        {
            await PutAsync("one.fits", LittleSurvey.Observation(50 + round, LittleSurvey.Everywhere));
            allowed[1] = Sum(tile);
            var settled = _host.SettledAsync(Survey, 2);
            while (!settled.IsCompleted)
            {
                var stack = await _store.ReadDatasetAsync(
                    (await _host.Grains.Tile(Survey, tile.ToString()).RequestStack(CancellationToken.None)).Blob!);
                Assert.Contains(stack.Counts!.Data, allowed);
            }

            await settled;
            allowed[0] = allowed[1];
        }

        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task A_bad_version_takes_the_good_one_before_it_into_quarantine()
    {
        await PutSeveralAsync();
        await _store.WriteAsync("observations/obs-5.fits", "no FITS"u8.ToArray(), WriteCondition.Always, CancellationToken.None);
        await _host.SettledAsync(Survey, 5);
        _there.Remove("obs-5.fits");
        Assert.Equal((4, 1), (
            (await _host.StatesAsync(Survey))[ObservationState.Stacked], (await _host.StatesAsync(Survey))[ObservationState.Quarantined]));
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        await PutAsync("obs-5.fits", LittleSurvey.Observation(40, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, 5);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task What_was_deleted_and_could_not_be_read_again_leaves_every_tile_and_is_new_when_it_comes_back()
    {
        await PutSeveralAsync();
        await _host.DisposeAsync();
        var (file, aside) = (_folder.File("observations", "obs-5.fits"), _folder.File("aside"));
        // In some tiles it is in the tail, in others in the checkpoint.
        File.Move(file, aside);
        _host = await SurveyHost.StartAsync(_store);
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
            await _host.Grains.Tile(Survey, tile.ToString()).RequestStack(CancellationToken.None);
        await Until.TrueAsync(async () => (await Observation("obs-5.fits").GetStatus(
            CancellationToken.None)) is { State: ObservationState.Retracted, Reason: { } reason }
            && reason.Contains("no longer", StringComparison.Ordinal));
        var five = _there["obs-5.fits"];
        _there.Remove("obs-5.fits");
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        File.Move(aside, file);
        await _host.SettledAsync(Survey, 5);
        _there["obs-5.fits"] = five;
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    private double[] Sum(TileId tile) => LittleSurvey.Offline(tile, _there.Values).Counts!.Data;

    private IObservationGrain Observation(string name) => _host.Grains.Observation(Survey, name);

    private async Task PutAsync(string name, MapDataset dataset)
    {
        await _store.PutAsync($"observations/{name}", dataset);
        _there[name] = dataset;
    }

    private async Task PutSeveralAsync()
    {
        foreach (var (observation, i) in LittleSurvey.Several().Select((observation, i) => (observation, i)))
        {
            await PutAsync($"{observation.Name}.fits", observation);
            await _host.SettledAsync(Survey, i + 1);
        }
    }
}
