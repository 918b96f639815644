using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.SampleData;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>A server's surveys of event lists without responses.</summary>
[Trait("Pace", "slow")]
public sealed class GivenMapsTests : SiloTests
{
    private const string Name = "given";

    [Fact]
    public async Task Two_event_lists_each_carry_their_share_of_the_maps()
    {
        using var folder = new TemporaryFolder();
        await UploadAsync(folder);
        await Host.Grains.Survey(Name).Define(Json(", \"totalTimeS\": 8000"), CancellationToken.None);
        await PutAsync(folder, "events.fits", "observations/one.fits");
        await Host.SettledAsync(Name, 1);
        var one = await StackAsync();
        await PutAsync(folder, "later.fits", "observations/two.fits");
        await Host.SettledAsync(Name, 2);
        Assert.Equal(2, (await Host.StatesAsync(Name))[ObservationState.Stacked]);
        var two = await StackAsync();
        Assert.True(one.Counts!.Data.Sum() > 20);
        Assert.Equal(2 * one.Counts.Data.Sum(), two.Counts!.Data.Sum());
        Assert.Equal(2 * one.Exposure!.Data.Sum(), two.Exposure!.Data.Sum(), 1e-9 * two.Exposure.Data.Sum());
        Assert.Equal(2 * one.Background!.Data.Sum(), two.Background!.Data.Sum(), 1e-9 * two.Background.Data.Sum());
    }

    [Fact]
    public async Task Without_the_total_time_a_second_event_list_is_quarantined()
    {
        using var folder = new TemporaryFolder();
        await UploadAsync(folder);
        await Host.Grains.Survey(Name).Define(Json(""), CancellationToken.None);
        await PutAsync(folder, "events.fits", "observations/one.fits");
        await Host.SettledAsync(Name, 1);
        await PutAsync(folder, "later.fits", "observations/two.fits");
        await Host.SettledAsync(Name, 2);
        var status = await Host.Grains.Observation(Name, "two.fits").GetStatus(CancellationToken.None);
        Assert.Equal(ObservationState.Quarantined, status.State);
        Assert.Contains("events.given.totalTimeS: found nothing", status.Reason, StringComparison.Ordinal);
        Assert.Equal(1, (await Host.StatesAsync(Name))[ObservationState.Stacked]);
    }

    [Fact]
    public async Task A_definition_whose_maps_are_missing_or_unusable_is_refused_with_the_blob()
    {
        using var folder = new TemporaryFolder();
        await UploadAsync(folder);
        async Task<string> RefusedAsync(string from, string to) => (await Assert.ThrowsAsync<SurveyServiceException>(() =>
            Host.Grains.Survey(Name).Define(Json("").Replace(from, to, StringComparison.Ordinal), CancellationToken.None))).Message;
        Assert.Contains("events.given.psf: found no blob 'none.fits'", await RefusedAsync("maps/psf.fits", "none.fits"),
            StringComparison.Ordinal);
        Assert.Contains("expected a table PSF", await RefusedAsync("maps/psf.fits", "maps/flux.fits"), StringComparison.Ordinal);
    }

    private async Task UploadAsync(TemporaryFolder folder)
    {
        var files = new GivenFiles().Fill();
        files.Write(name => folder.File(name));
        File.Copy(folder.File("events.fits"), folder.File("first.fits"));
        files.Gti = GivenFiles.MakeGti(0, 1000, 2000, 5000);
        files.Events.With("OBS_ID", "later");
        files.Write(name => folder.File(name));
        File.Move(folder.File("events.fits"), folder.File("later.fits"));
        File.Move(folder.File("first.fits"), folder.File("events.fits"));
        foreach (var name in new[] { "exposure.fits", "flux.fits", "counts.fits", "psf.fits" })
            await PutAsync(folder, name, $"maps/{name}");
    }

    private async Task PutAsync(TemporaryFolder folder, string file, string blob)
    {
        await using var content = File.OpenRead(folder.File(file));
        await ImmutableBlobs.PutAsync(Store, blob, content, CancellationToken.None);
    }

    private async Task<MapDataset> StackAsync() => await Store.ReadDatasetAsync(
        (await Host.Grains.Tile(Name, "x000y000").RequestStack(CancellationToken.None)).Blob!);

    private static string Json(string total) => $$"""
        { "name": "{{Name}}", "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.5, "widthDeg": 8,
            "heightDeg": 6, "centreLonDeg": 10, "centreLatDeg": 20, "tilePixels": 8 },
          "energyAxis": { "minTeV": 0.02, "maxTeV": 0.6, "bins": 4 }, "trueEnergyAxis": { "minTeV": 0.01, "maxTeV": 1, "bins": 6 },
          "maps": { "point": { "kernelWidthDeg": 1.5 } },
          "events": { "given": { "exposure": "maps/exposure.fits", "backgrounds": ["maps/flux.fits", "maps/counts.fits"],
            "psf": "maps/psf.fits"{{total}} } } }
        """;
}
