using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tests;

public sealed class DefinitionTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IBlobStore _store = null!;
    private SurveyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = BlobStores.Open(_folder.Path);
        _host = await SurveyHost.StartAsync(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_definition_is_made_once_and_never_changes()
    {
        Assert.True(await _host.DefineAsync("one"));
        Assert.False(await _host.DefineAsync("one"));
        var conflict = await Assert.ThrowsAsync<SurveyServiceException>(() => _host.DefineAsync("one", "other/"));
        Assert.Equal(ServiceError.DefinitionConflict, conflict.Error);
        await _host.DefineAsync("another");
        Assert.Equal(["another", "one"], await _host.Grains.SurveyDirectory().List(CancellationToken.None));
        var info = await _host.Grains.Survey("one").GetInfo(CancellationToken.None);
        var mosaic = (Sky.IMosaicGrid)Survey.Resolve(SurveyDefinition.Parse(info.Definition)).Tiling;
        Assert.Equal((24, 16, 8, 3, 2), (mosaic.Grid.Width, mosaic.Grid.Height, mosaic.TilePixels, mosaic.Columns, mosaic.Rows));
        Assert.Equal(["point", "wide"], info.Maps);
    }

    [Fact]
    public async Task Every_problem_of_a_definition_is_told_at_once()
    {
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(() => _host.Grains.Survey("bad").Define("""{ "name": "bad", "color": 3, "maps": {} }""", CancellationToken.None));
        Assert.Equal((ServiceError.BadDefinition, false), (exception.Error, exception.RetryHelps));
        Assert.True(exception.Problems.Length >= 4, exception.Message);
        var named = await Assert.ThrowsAsync<SurveyServiceException>(
            () => _host.Grains.Survey("other").Define(LittleSurvey.Json("one", "o/"), CancellationToken.None));
        Assert.Contains("expected 'other'", Assert.Single(named.Problems), StringComparison.Ordinal);
        var like = await Assert.ThrowsAsync<SurveyServiceException>(() => _host.Grains.Survey("like").Define(
            LittleSurvey.Json("like", "o/")
                .Replace("\"maps\"", "\"irfs\": \"irfs.fits\", \"maps\"", StringComparison.Ordinal), CancellationToken.None));
        Assert.Contains("no blob 'irfs.fits'", like.Message, StringComparison.Ordinal);
        Assert.Empty(await _host.Grains.SurveyDirectory().List(CancellationToken.None));
    }

    [Fact]
    public async Task A_definition_that_cannot_be_used_is_named_by_its_own_file_and_hides_no_other()
    {
        await _host.DefineAsync("fine");
        await _host.DefineAsync("flipped");
        var text = File.ReadAllText(_folder.File("definitions", "flipped.json"));
        var old = LittleSurvey.Json("old", "old/");
        const string Irfs = "\"irfs\": \"gone.fits\"";
        Dictionary<string, string> files = new()
        {
            ["flipped.json"] = text.Replace("0.5", "0.6", StringComparison.Ordinal),
            ["cut.json"] = text[..(text.Length / 2)],
            ["empty.json"] = "",
            ["noise.json"] = "\0\u0001{",
            ["copy.json"] = LittleSurvey.Json("fine", "observations/"),
            ["lost.json"] = LittleSurvey.Json("lost", "o/").Replace("\"maps\"", Irfs + ", \"maps\"", StringComparison.Ordinal),
            ["old.json"] = old,
            ["notes.txt"] = "a note",
            [Path.Combine("backup", "fine.json")] = old,
        };
        Directory.CreateDirectory(_folder.File("definitions", "backup"));
        foreach (var (name, content) in files) await File.WriteAllTextAsync(_folder.File("definitions", name), content);

        var listed = await _host.Grains.SurveyDirectory().List(CancellationToken.None);
        Assert.Equal(["copy", "cut", "empty", "fine", "flipped", "lost", "noise", "old"], listed);
        // The silo that has loaded a survey goes on with it; another one, or this one after a restart, reads the store.
        var catalog = new SurveyCatalog(_store, SurveyHost.Quick);
        foreach (var name in new[] { "copy", "cut", "empty", "flipped", "lost", "noise" })
        {
            var exception = await Assert.ThrowsAsync<SurveyServiceException>(() => catalog.GetAsync(name, CancellationToken.None));
            Assert.Equal((name, ServiceError.StoreRefused), (name, exception.Error));
            Assert.Contains($"definitions/{name}.json", exception.Message, StringComparison.Ordinal);
            var again = await Assert.ThrowsAsync<SurveyServiceException>(() => _host.DefineAsync(name));
            Assert.Equal((name, name == "lost" ? ServiceError.DefinitionConflict : ServiceError.StoreRefused), (name, again.Error));
        }

        foreach (var name in new[] { "fine", "old" }) Assert.Equal(name, (await catalog.GetAsync(name, CancellationToken.None)).Name);
        // One that an earlier version wrote, without a checksum, is the same definition.
        Assert.False(await _host.Grains.Survey("old").Define(old, CancellationToken.None));
    }

    [Theory]
    [InlineData("surveys/")]
    [InlineData("surveys/one/files/")]
    [InlineData("Surveys/one/")]
    [InlineData("compute/")]
    [InlineData("definitions/mine/")]
    public async Task Observations_may_not_lie_among_what_the_service_writes(string prefix)
    {
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(() => _host.DefineAsync("one", prefix));
        Assert.Equal(ServiceError.BadDefinition, exception.Error);
        Assert.Contains($"observations: found '{prefix}'", Assert.Single(exception.Problems), StringComparison.Ordinal);
        Assert.Empty(await _host.Grains.SurveyDirectory().List(CancellationToken.None));
    }

    [Fact]
    public async Task A_definition_whose_tiles_take_too_much_memory_is_refused_before_anything_of_it_is_there()
    {
        var wide = LittleSurvey.Json("wide", "o/").Replace("\"kernelWidthDeg\": 0.5", "\"kernelWidthDeg\": 59", StringComparison.Ordinal)
            .Replace("\"pixelSizeDeg\": 0.1", "\"pixelSizeDeg\": 0.01", StringComparison.Ordinal);
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(
            () => _host.Grains.Survey("wide").Define(wide, CancellationToken.None));
        Assert.Equal(ServiceError.BadDefinition, exception.Error);
        Assert.Matches(@"found a tile that needs [\d.]+ GB of memory with its halo, expected at most 1\.07 GB", exception.Message);
        Assert.Empty(await _host.Grains.SurveyDirectory().List(CancellationToken.None));
    }

    [Fact]
    public async Task One_survey_too_many_is_refused_and_those_that_are_there_may_be_defined_again()
    {
        var catalog = new SurveyCatalog(_store, SurveyHost.Quick with { Surveys = 2 });
        foreach (var name in new[] { "one", "two" })
            Assert.True(await catalog.DefineAsync(name, LittleSurvey.Json(name, "observations/"), CancellationToken.None));
        var full = await Assert.ThrowsAsync<SurveyServiceException>(
            () => catalog.DefineAsync("three", LittleSurvey.Json("three", "surveyor/"), CancellationToken.None));
        Assert.Equal((ServiceError.TooManySurveys, false), (full.Error, full.RetryHelps));
        Assert.Contains("there are 2 surveys", full.Message, StringComparison.Ordinal);
        Assert.False(await catalog.DefineAsync("one", LittleSurvey.Json("one", "observations/"), CancellationToken.None));
    }

    [Fact]
    public async Task Irfs_of_one_dataset_serve_every_tile_so_that_the_tiles_maps_are_the_whole_surveys_map()
    {
        var irfs = LittleSurvey.Observation(7, LittleSurvey.Everywhere);
        await _store.PutAsync("irfs.fits.gz", irfs);
        await _host.Grains.Survey("whole").Define(
            LittleSurvey.Json("whole", "whole/")
                .Replace("\"maps\"", "\"irfs\": \"irfs.fits.gz\", \"maps\"", StringComparison.Ordinal), CancellationToken.None);
        var observations = LittleSurvey.Several();
        foreach (var observation in observations)
            await _store.PutAsync($"whole/{observation.Name}.fits", observation with { Psf = null, Edisp = null });
        await _host.SettledAsync("whole", observations.Length);
        var ticket = await _host.Grains.Mosaic("whole")
            .Request(new MosaicRequest("point", "sqrt_ts", 0, true, TimeSpan.FromSeconds(60)), CancellationToken.None);
        var mosaic = await _store.ReadMapAsync(ticket.Blob!, "SQRT_TS");

        var survey = LittleSurvey.Resolved;
        var image = survey.Grid.Cutout(LittleSurvey.Everywhere.Grow(survey.HaloPixels));
        var stack = new Maps.Datasets.DatasetStack(image, Maps.Datasets.StackTemplate.Of(observations[0]));
        foreach (var observation in observations) stack.Add(observation);
        var whole = new TsMapEstimator(survey.Maps["point"] with { NJobs = 1 })
            .Run([stack.ToDataset("whole")], irfs, LittleSurvey.Everywhere.Shift(survey.HaloPixels, survey.HaloPixels)).Find("sqrt_ts")!;
        for (var i = 0; i < whole.Data.Length; i++)
            Assert.Equal((float)whole.Data[i], (float)mosaic.Data[i], double.IsNaN(whole.Data[i]) ? 0 : 1e-3f);
    }
}
