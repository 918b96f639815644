using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

public sealed class QuarantineTests : IAsyncLifetime
{
    private const string Survey = "little";
    private readonly TemporaryFolder _folder = new();
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

    [Fact]
    public async Task What_is_bad_is_quarantined_with_the_reason_and_the_rest_goes_on()
    {
        var good = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
        var whole = LittleSurvey.Bytes(good);
        var negative = LittleSurvey.Observation(2, LittleSurvey.Everywhere);
        negative.Exposure!.Data[7] = double.NaN;
        var shifted = good with
        {
            Counts = good.Counts! with
            {
                Geometry = good.Counts.Geometry.WithGrid(
            new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0.04, 0, SkyFrame.Galactic), 12.5, 8.5, -0.1, 0.1), 24, 16))
            }
        };
        var otherRad = new MapAxis("rad", [0, 0.1, 0.2], AxisInterpolation.Linear, AxisNodes.Edges, "deg");
        await _store.PutAsync("observations/a-good.fits", good);
        await _host.SettledAsync(Survey, 1);
        await PutAsync("b-text.fits", "this is no FITS file"u8.ToArray());
        await PutAsync("c-empty.fits", []);
        await PutAsync("d-cut.fits.gz", whole[..(whole.Length / 2)]);
        await _store.PutAsync("observations/e-nan.fits", negative);
        await _store.PutAsync("observations/f-shifted.fits", shifted);
        await _store.PutAsync("observations/g-unlike.fits", good with
        {
            Name = "unlike",
            Psf =
            good.Psf! with
            {
                Density =
            new Map<double>(good.Psf.Density.Geometry.With(otherRad, LittleSurvey.Resolved.EnergyTrue), "sr-1")
            }
        });
        await _store.PutAsync("observations/h-also-good.fits", LittleSurvey.Observation(3, LittleSurvey.Everywhere));
        await PutAsync("i-healpix.fits", HealPix());
        await _host.SettledAsync(Survey, 9);

        var quarantined = (await _host.Grains.Survey(Survey)
            .Observations(ObservationState.Quarantined, null, 100, CancellationToken.None)).Items;
        Assert.Equal(["b-text.fits", "c-empty.fits", "d-cut.fits.gz", "e-nan.fits", "f-shifted.fits", "g-unlike.fits", "i-healpix.fits"],
            quarantined.Select(entry => entry.Name));
        Assert.All(quarantined, entry => Assert.StartsWith(entry.Name, entry.Reason, StringComparison.Ordinal));
        Assert.Contains("EXPOSURE: found NaN", quarantined[3].Reason, StringComparison.Ordinal);
        Assert.Contains("COUNTS", quarantined[4].Reason, StringComparison.Ordinal);
        Assert.Contains("rad", quarantined[5].Reason, StringComparison.Ordinal);
        Assert.Contains("HEALPix maps can be plotted, and not be stacked or fitted", quarantined[6].Reason, StringComparison.Ordinal);
        Assert.Equal(2, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
        Assert.All(await _host.TilesAsync(Survey), tile => Assert.Equal(2, tile.Observations));
        // None of them is read over and over.
        var opened = _store.Opened["observations/d-cut.fits.gz"];
        for (var i = 0; i < 3; i++) await _host.Grains.Intake(Survey).Reconcile(CancellationToken.None);
        Assert.Equal(opened, _store.Opened["observations/d-cut.fits.gz"]);
    }

    [Fact]
    public async Task Times_that_run_backwards_are_quarantined_by_row_and_missing_irfs_by_name()
    {
        var good = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
        using var backwards = new MemoryStream();
        using (var writer = new FitsWriter(backwards, gzip: true, leaveOpen: true))
        {
            MapDatasetFile.Write(writer, good with { Gti = null });
            writer.WriteTable(
                "GTI", [FitsTableColumn.Doubles("START", [0, 500, 2000], "s"), FitsTableColumn.Doubles("STOP", [600, 1000, 1500], "s")]);
        }

        await _store.PutAsync("observations/a-good.fits", good);
        await _host.SettledAsync(Survey, 1);
        await PutAsync("b-backwards.fits.gz", backwards.ToArray());
        await _store.PutAsync("observations/c-no-psf.fits", good with { Psf = null });
        await _store.PutAsync("observations/d-no-edisp.fits", good with { Edisp = null });
        await _host.SettledAsync(Survey, 4);
        var quarantined = (await _host.Grains.Survey(Survey)
            .Observations(ObservationState.Quarantined, null, 100, CancellationToken.None)).Items;
        Assert.Equal(["b-backwards.fits.gz", "c-no-psf.fits", "d-no-edisp.fits"], quarantined.Select(entry => entry.Name));
        Assert.All(quarantined, entry => Assert.StartsWith(entry.Name, entry.Reason, StringComparison.Ordinal));
        Assert.Contains("(GTI), row 3: found START 2000 s and STOP 1500 s", quarantined[0].Reason, StringComparison.Ordinal);
        Assert.Contains("PSF: found no such map", quarantined[1].Reason, StringComparison.Ordinal);
        Assert.Contains("EDISP: found no such map", quarantined[2].Reason, StringComparison.Ordinal);
        Assert.All(await _host.TilesAsync(Survey), tile => Assert.Equal(1, tile.Observations));
    }

    [Fact]
    public async Task A_bad_blob_that_is_replaced_by_a_good_one_is_stacked()
    {
        await PutAsync("one.fits", "no FITS"u8.ToArray());
        await _host.SettledAsync(Survey, 1);
        Assert.Equal(1, (await _host.StatesAsync(Survey))[ObservationState.Quarantined]);
        await _store.PutAsync("observations/one.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await Until.TrueAsync(async () => (await _host.StatesAsync(Survey)).ContainsKey(ObservationState.Stacked));
        var status = await _host.Grains.Observation(Survey, "one.fits").GetStatus(CancellationToken.None);
        Assert.Null(status.Reason);
        Assert.Equal(6, status.Tiles.Length);
    }

    [Fact]
    public async Task A_quarantined_observation_is_read_again_when_asked_and_a_stacked_one_is_not()
    {
        await PutAsync("bad.fits", "no FITS"u8.ToArray());
        await _store.PutAsync("observations/good.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, 2);
        var opened = _store.Opened["observations/bad.fits"];
        await _host.Grains.Observation(Survey, "bad.fits").Retry(CancellationToken.None);
        await Until.TrueAsync(() => Task.FromResult(_store.Opened["observations/bad.fits"] > opened));
        await _host.SettledAsync(Survey, 2);
        Assert.Equal(1, (await _host.StatesAsync(Survey))[ObservationState.Quarantined]);
        var refused = await Assert.ThrowsAsync<SurveyServiceException>(
            () => _host.Grains.Observation(Survey, "good.fits").Retry(CancellationToken.None));
        Assert.Equal((ServiceError.WrongState, false), (refused.Error, refused.RetryHelps));
    }

    [Fact]
    public async Task A_fault_of_the_store_quarantines_nothing()
    {
        _store.FailNextOpen("observations/one.fits");
        await _store.PutAsync("observations/one.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, 1);
        Assert.True(_store.IsDone, "the planned fault did not happen");
        Assert.Equal(1, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
    }

    [Fact]
    public async Task A_defect_of_our_own_is_told_as_one_and_what_it_hit_can_be_read_again()
    {
        _store.FailNextOpen("observations/one.fits", Fault.Defect);
        await _store.PutAsync("observations/one.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, 1);
        var status = await _host.Grains.Observation(Survey, "one.fits").GetStatus(CancellationToken.None);
        Assert.Equal((ObservationState.Quarantined, "one.fits: internal error: InvalidOperationException: planned defect"),
            (status.State, status.Reason));
        await _host.Grains.Observation(Survey, "one.fits").Retry(CancellationToken.None);
        await Until.TrueAsync(async () => (await _host.StatesAsync(Survey)).ContainsKey(ObservationState.Stacked));
    }

    [Fact]
    public async Task A_damaged_template_of_the_survey_is_no_observations_fault()
    {
        await _store.WriteAsync("surveys/little/template.fits.gz", "no FITS"u8.ToArray(), WriteCondition.Always, CancellationToken.None);
        await _store.PutAsync("observations/one.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await Until.TrueAsync(async () => (await _host.Grains.Survey(Survey).Observations(null, null, 10, CancellationToken.None)).Items is
            [{ State: ObservationState.Received, Reason: { } reason }] && reason.Contains("template.fits.gz", StringComparison.Ordinal));
        await _store.DeleteAsync("surveys/little/template.fits.gz", WriteCondition.Always, CancellationToken.None);
        await _host.SettledAsync(Survey, 1);
        Assert.Equal(1, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
    }

    [Fact]
    public async Task An_observation_without_a_safe_pixel_is_done_and_touches_no_tile()
    {
        var observation = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
        Array.Clear(observation.MaskSafe!.Data);
        await _store.PutAsync("observations/dark.fits", observation);
        await _host.SettledAsync(Survey, 1);
        var status = await _host.Grains.Observation(Survey, "dark.fits").GetStatus(CancellationToken.None);
        Assert.Equal((ObservationState.Stacked, 0), (status.State, status.Tiles.Length));
        var ticket = await _host.Grains.Tile(Survey, "x000y000")
            .RequestMap(new MapRequest("point", true, TimeSpan.Zero), CancellationToken.None);
        Assert.Equal(TicketState.Empty, ticket.State);
    }

    [Fact]
    public async Task A_tile_with_nothing_to_fit_says_so()
    {
        var observation = LittleSurvey.Observation(1, new PixelRegion(0, 0, 8, 8));
        Array.Clear(observation.Background!.Data);
        await _store.PutAsync("observations/one.fits", observation);
        await _host.SettledAsync(Survey, 1);
        var ticket = await _host.FreshMapAsync(Survey, "x000y000");
        Assert.Equal((TicketState.Empty, 1L), (ticket.State, ticket.Revision));
        Assert.Contains("the background is zero", ticket.Reason, StringComparison.Ordinal);
    }

    private static byte[] HealPix()
    {
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true))
        {
            writer.WriteEmptyPrimary();
            writer.WriteTable("COUNTS", [FitsTableColumn.Doubles("CHANNEL1", new double[12])], new FitsHeader().Set("PIXTYPE", "HEALPIX")
                .Set("ORDERING", "RING").Set("NSIDE", 1L));
        }

        return content.ToArray();
    }

    private Task<WriteResult> PutAsync(string name, byte[] content) =>
        _store.WriteAsync($"observations/{name}", content, WriteCondition.Always, CancellationToken.None);
}
