using System.Globalization;
using System.Net;
using System.Text.Json;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Simulation;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Tilings;

/// <summary>Observations on TAN images in ICRS, put into a survey in galactic CAR that resamples them.</summary>
[Trait("Pace", "slow")]
public sealed class ResampledSurveyTests : HostedServer
{
    private const int Count = 3;
    private static readonly Survey Served = Survey.Resolve(SmallSurvey.Definition with { Resample = true });
    private double _counts;
    private SkyPosition _pointing;

    private protected override async Task<ServerSettings> PrepareAsync()
    {
        await PutAsync();
        return await SettingsAsync(Served.Definition);
    }

    private protected override Task ReadyAsync() => UntilStackedAsync(SmallSurvey.Name, Count);

    [Fact]
    public async Task Maps_count_every_safe_pixel_once_and_contributions_add_up_to_the_exposure()
    {
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/api/surveys/small/candidates.json?fresh=true&timeout=60")).Status);
        var sum = 0.0;
        foreach (var tile in (await Client.GetAsync("/api/surveys/small/tiles")).Json.EnumerateArray())
        {
            var path = $"/api/surveys/small/tiles/{tile.GetProperty("tile").GetString()}/point/counts.json";
            sum += (await Client.GetAsync(path)).Json.GetProperty("values").EnumerateArray()
                .Where(value => value.ValueKind == JsonValueKind.Number).Sum(value => value.GetDouble());
        }

        Assert.Equal(_counts, sum);
        var icrs = _pointing.To(SkyFrame.Icrs);
        var position = string.Create(CultureInfo.InvariantCulture, $"{icrs.LonDeg:R},{icrs.LatDeg:R}");
        var point = (await Client.GetAsync($"/api/surveys/small/point/{position}?fresh=true&timeout=40")).Json;
        var exposure = point.GetProperty("exposure").GetDouble();
        Assert.True(exposure > 0);
        Assert.Equal(JsonValueKind.Number, point.GetProperty("ts").ValueKind);
        var assets = (await Client.GetAsync($"/api/surveys/small/point/{position}/assets")).Json.EnumerateArray().ToArray();
        Assert.NotEmpty(assets);
        Assert.Equal(exposure, assets.Sum(one => one.GetProperty("exposure").GetDouble()), 1e-6 * exposure);
    }

    private async Task PutAsync()
    {
        var centre = Served.Grid.Centre.To(SkyFrame.Icrs);
        var tilted = Survey.Resolve(SmallSurvey.Definition with
        {
            Tiling = new TilingDefinition
            {
                Frame = "icrs",
                Projection = "TAN",
                PixelSizeDeg = 0.09,
                WidthDeg = 3,
                HeightDeg = 3,
                CentreLonDeg = centre.LonDeg,
                CentreLatDeg = centre.LatDeg,
                TilePixels = 20,
            },
        });
        var store = new ObservationStore(BlobStores.Open(Store), Served.Definition.Observations);
        foreach (var observation in new SimulatedSurvey(tilted, new SimulationOptions(Count, 2, 1)).Observations())
        {
            var (file, dataset) = (Folder.File(observation.FileName), observation.Dataset);
            MapDatasetFile.Write(file, dataset);
            await store.PutAsync(file, observation.FileName, null, CancellationToken.None);
            var grid = dataset.Grid;
            _pointing = grid.Centre;
            for (var bin = 0; bin < dataset.Counts!.Data.Length; bin++)
                if (dataset.MaskSafe!.Data[bin]
                    && Served.Grid.Contains(grid.PixelCentre(bin % grid.Width, bin / grid.Width % grid.Height)!.Value))
                    _counts += dataset.Counts.Data[bin];
        }
    }
}
