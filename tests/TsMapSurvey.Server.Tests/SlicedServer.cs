using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Simulation;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests;

/// <summary>
/// A server with the small survey in slices of two nights and of one, and three observations: two of the night of MJD 59000, one of that
/// of 59004.
/// </summary>
public sealed class SlicedServer : HostedServer
{

    internal static SurveyDefinition Definition { get; } = SmallSurvey.Definition with { Slices = ["all", "2d", "1d"] };

    /// <summary>Counts inside the masks and inside the survey, of each observation.</summary>
    internal IReadOnlyList<double> Counts { get; private set; } = [];

    private protected override async Task<ServerSettings> PrepareAsync()
    {
        await PutAsync();
        return await SettingsAsync(Definition);
    }

    private protected override async Task ReadyAsync()
    {
        await UntilStackedAsync(SmallSurvey.Name, 3);
        // Tiles report their newest night to the survey shortly after stacking it.
        await Client.UntilAsync("/api/surveys/small/mosaic/sqrt_ts.json?slice=1d&fresh=true&timeout=40", answer =>
            answer.Status == System.Net.HttpStatusCode.OK
                && answer.Json.GetProperty("windowEnd").GetDateTimeOffset() == new DateTimeOffset(2020, 6, 5, 12, 0, 0, TimeSpan.Zero));
    }

    private async Task PutAsync()
    {
        const double DayS = 86400;
        using var files = new TemporaryFolder();
        var store = new ObservationStore(BlobStores.Open(Store), Definition.Observations);
        var counts = new List<double>();
        foreach (var (observation, i) in new SimulatedSurvey(Survey.Resolve(Definition), new SimulationOptions(3, 2, 1)).Observations()
            .Select((observation, i) => (observation, i)))
        {
            var dataset = observation.Dataset;
            if (i == 2) dataset = dataset with
            {
                Gti = GoodTimeIntervals.Of(
                dataset.Gti!.Intervals.Select(interval => new TimeInterval(interval.StartS + 4 * DayS, interval.StopS + 4 * DayS)))
            };
            MapDatasetFile.Write(files.File(observation.FileName), dataset);
            await store.PutAsync(files.File(observation.FileName), observation.FileName, null, CancellationToken.None);
            counts.Add(Inside(dataset));
        }

        Counts = counts;
    }

    private static double Inside(MapDataset observation)
    {
        var tiling = (Sky.GridTiling)Survey.Resolve(Definition).Tiling;
        var pixels = tiling.InSurveyPixels(observation.Grid);
        return observation.Counts!.Data.Where((_, bin) => (observation.MaskSafe?.Data[bin] ?? true)
            && tiling.Grid.Region.Contains(bin % pixels.Width + pixels.X, bin / pixels.Width % pixels.Height + pixels.Y)).Sum();
    }
}
