using System.Globalization;
using System.Net;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Models;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Simulation;
using TsMapSurvey.Simulation.AllSky;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Server.Tests.Tilings;

/// <summary>Event lists around a pole and around right ascension 0, put into a survey whose tiles are HEALPix cells.</summary>
[Trait("Pace", "slow")]
public sealed class SkyFromEventsTests : HostedServer
{
    private const string Path = "/api/surveys/sky";
    private static readonly SkyPosition[] Positions = [new(40, 89.3, SkyFrame.Icrs), new(359.95, -1, SkyFrame.Icrs)];
    private static readonly SurveyDefinition Definition = AllSkySurvey.DefaultDefinition("sky") with
    {
        Tiling = new TilingDefinition { Kind = "healpix", Order = 3, PixelSizeDeg = 0.3 },
        Events = AllSkySurvey.DefaultDefinition("sky").Events! with { Background = EventsDefinition.DefaultBackground },
    };

    private readonly List<string> _names = [];

    private protected override async Task<ServerSettings> PrepareAsync()
    {
        await PutAsync();
        return await SettingsAsync(Definition);
    }

    private protected override Task ReadyAsync() => UntilStackedAsync(Definition.Name, _names.Count);

    [Fact]
    public async Task Sources_at_the_pole_and_at_right_ascension_0_are_found_shown_and_retracted()
    {
        var candidates = (await Client.UntilAsync(
            $"{Path}/candidates.json?min_sqrt_ts=8&fresh=true&timeout=60", answer =>
                answer.Status == HttpStatusCode.OK)).Json.EnumerateArray()
            .Select(one => new SkyPosition(one.GetProperty("ra").GetDouble(), one.GetProperty("dec").GetDouble(), SkyFrame.Icrs)).ToArray();
        Assert.Equal(Positions.Length, candidates.Length);
        Assert.All(Positions, position => Assert.Single(candidates, one => one.SeparationDeg(position) < 0.3));

        foreach (var position in Positions)
        {
            var point = (await Client.GetAsync($"{Path}/point/{Text(position)}?fresh=true&timeout=60")).Json;
            Assert.True(point.GetProperty("sqrtTs").GetDouble() > 8, $"{point}");
            Assert.Equal(TileOf(position), point.GetProperty("tile").GetString());
            // The tile of order 3 of the HiPS is the tile of the survey.
            var cell = HealpixCell.Containing(position, 3);
            var tile = await Client.GetAsync($"/hips/sky/point-sqrt_ts/Norder3/Dir0/Npix{cell.Index}.fits");
            Assert.Equal(HttpStatusCode.OK, tile.Status);
        }

        // What was worked out for a whole observation is the same wherever it is worked out.
        var reduction = (await Client.GetAsync($"{Path}/observations/{_names[0]}")).Json.GetProperty("reduction");
        using (var file = FitsFile.Open(Folder.File(_names[0]), EventFile.Limits))
        {
            var range = EventData.Read(file, Survey.Resolve(Definition)).Range!;
            Assert.NotEqual(1, range.BackgroundNorm);
            Assert.Equal(range.BackgroundNorm, reduction.GetProperty("backgroundNorm").GetDouble());
            Assert.Equal(range.BackgroundNormError, reduction.GetProperty("backgroundNormError").GetDouble());
            Assert.Equal(range.MinTeV, reduction.GetProperty("minTeV").GetDouble());
        }

        var seams = (await Client.UntilAsync(
            $"{Path}/seams?fresh=true&timeout=60", answer => answer.Status == HttpStatusCode.OK)).Json;
        Assert.True(seams.GetProperty("borders").GetInt32() > 10);
        // Pixels that lie differently divide the few counts differently.
        Assert.InRange(seams.GetProperty("largest").GetDouble(), 0.01, 2);

        foreach (var name in _names.Skip(3))
            Assert.Contains((await Client.PostAsync($"{Path}/observations/{name}/retract", null)).Status,
                new[] { HttpStatusCode.OK, HttpStatusCode.Accepted });
        await UntilStackedAsync(Definition.Name, 3);
        var left = (await Client.UntilAsync(
            $"{Path}/candidates.json?min_sqrt_ts=8&fresh=true&timeout=60",
            answer => answer.Status == HttpStatusCode.OK && answer.Json.GetArrayLength() == 1)).Json;
        Assert.True(left[0].GetProperty("dec").GetDouble() > 89);
    }

    [Fact]
    public async Task A_survey_without_events_says_what_to_add()
    {
        var other = Definition with { Name = "datasets", Events = null };
        Assert.Equal(HttpStatusCode.Created, (await Client.PostAsync("/api/surveys", other.ToJson())).Status);
        var list = await Client.UntilAsync(
            "/api/surveys/datasets/observations?state=quarantined",
            answer => answer.Status == HttpStatusCode.OK && answer.Json.EnumerateArray().Count() == _names.Count);
        Assert.All(list.Json.EnumerateArray(), one =>
            Assert.Contains("\"events\"", one.GetProperty("reason").GetString(), StringComparison.Ordinal));
    }

    private static string TileOf(SkyPosition position) => Survey.Resolve(Definition).Tiling.Owner(position)!.Value.Tile.ToString();

    private static string Text(SkyPosition position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position.LonDeg:R},{position.LatDeg:R}");

    private async Task PutAsync()
    {
        var spectrum = new PowerLaw(2.3, 3e-11, 1);
        SimulatedSource[] sources = [.. Positions.Select(position => new SimulatedSource($"{position}", position, 0, spectrum))];
        Pointing[] pointings = [.. Enumerable.Range(0, 6).Select(i =>
            new Pointing(Positions[i / 3].DirectionalOffset(120 * i, 2), 6.5e8 + 30_000 * i, 21_600))];
        var (year, writer) = (new EventSurvey(Instrument.WideField, sources, pointings, 1), new EventFileWriter(Instrument.WideField));
        var store = new ObservationStore(BlobStores.Open(Store), Definition.Observations);
        for (var i = 0; i < pointings.Length; i++)
        {
            var observation = year.Observe(i);
            writer.Write(Folder.File(observation.FileName), observation);
            await store.PutAsync(Folder.File(observation.FileName), observation.FileName, null, CancellationToken.None);
            _names.Add(observation.FileName);
        }
    }
}
