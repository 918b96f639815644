using System.Diagnostics;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>A page that stays open while the survey changes.</summary>
[Trait("Pace", "slow")]
public sealed class ChangingPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Key = "a-key-of-the-page-0123456789";
    private readonly TemporaryFolder _folder = new();
    private RunningServer? _server;

    public async ValueTask InitializeAsync()
    {
        var survey = _folder.File("survey.json");
        await File.WriteAllTextAsync(survey, SmallSurvey.Definition.ToJson());
        await SmallSurvey.PutAsync(_folder.File("store"), 2);
        _server = await ServerHost.StartAsync(
            StackedServer.Settings(_folder) with { Surveys = [survey], WriteKeys = [Key] }, CancellationToken.None);
        using var client = new Client(_server.Address);
        await client.UntilAsync("/api/surveys/small", answer => answer.Json.GetProperty("stacked").GetInt32() == 2);
        await client.GetAsync("/api/surveys/small/mosaic/sqrt_ts.json?fresh=true&timeout=40");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_observation_changes_the_picture_without_reload(bool hasWebGl)
    {
        await using var page = await chromium.OpenAsync(_server!.Address, "/surveys/small?quantity=counts", hasWebGl: hasWebGl);
        await page.Page.EvaluateAsync("() => { window.isSamePage = true; }");
        var before = await page.Page.Locator("#frame").GetAttributeAsync("data-revision");
        var picture = await page.Page.Locator("#frame").ScreenshotAsync();

        await SmallSurvey.PutAsync(_folder.File("store"), 3, seed: 5);

        await page.Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#observations .state.stacked').length >= 3 && "
            + $"document.getElementById('frame').dataset.revision !== '{before}'");
        Assert.NotEqual(picture, await page.Page.Locator("#frame").ScreenshotAsync());
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.isSamePage"));
        Assert.Equal("live", await page.TextAsync("#link"));
        page.AssertQuiet();
    }

    /// <summary>Prints the time from the upload to the new picture, which depends on the machine.</summary>
    [Theory]
    [InlineData("counts")]
    [InlineData("sqrt_ts")]
    public async Task An_upload_is_soon_on_screen(string quantity)
    {
        var observation = new SimulatedSurvey(Survey.Resolve(SmallSurvey.Definition), new SimulationOptions(3, 2, 5)).Observe(2);
        MapDatasetFile.Write(_folder.File(observation.FileName), observation.Dataset);
        var observations = new ObservationStore(BlobStores.Open(_folder.File("store")), SmallSurvey.Definition.Observations);
        await using var page = await chromium.OpenAsync(_server!.Address, $"/surveys/small?quantity={quantity}");
        var before = await page.Page.Locator("#frame").GetAttributeAsync("data-revision");
        var picture = await page.Page.Locator("#sky").ScreenshotAsync();

        var watch = Stopwatch.StartNew();
        await observations.PutAsync(_folder.File(observation.FileName), observation.FileName, null, TestContext.Current.CancellationToken);
        await page.Page.WaitForFunctionAsync("before => document.getElementById('frame').dataset.revision !== before", before);
        var first = watch.Elapsed;
        await page.Page.WaitForFunctionAsync(
            "async () => { const status = await (await fetch('/api/surveys/small')).json(); return status.stacked === 3; }");

        TestContext.Current.TestOutputHelper!.WriteLine($"{quantity}: new picture {first.TotalSeconds:F2} s after put");
        Assert.NotEqual(picture, await page.Page.Locator("#sky").ScreenshotAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task An_observation_is_retracted_and_tried_again_with_the_key_that_only_this_tab_knows()
    {
        await using var page = await chromium.OpenAsync(_server!.Address, "/surveys/small?viewer=picture");
        var row = page.Page.Locator("#observations tr", new() { HasText = "sim-0001.fits.gz" });

        await row.GetByText("Retract", new() { Exact = true }).ClickAsync();
        await row.GetByText("Really retract").ClickAsync();
        await row.Locator(".reason").WaitForAsync();
        Assert.Contains("key", await row.Locator(".reason").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        await page.Page.Locator("#open-key").ClickAsync();
        await page.Page.Locator("#key").FillAsync(Key);
        await page.Page.Keyboard.PressAsync("Enter");
        await row.GetByText("Retract", new() { Exact = true }).ClickAsync();
        await row.GetByText("Really retract").ClickAsync();
        await row.Locator(".state.retracted").WaitForAsync();
        await row.GetByText("Retry").ClickAsync();
        await row.Locator(".state.stacked").WaitForAsync();

        Assert.Equal(Key, await page.Page.EvaluateAsync<string>("() => sessionStorage.getItem('tsmap-key')"));
        var kept = await page.Page.EvaluateAsync<string>("() => JSON.stringify(localStorage) + document.cookie + location.href");
        Assert.DoesNotContain(Key, kept, StringComparison.Ordinal);
    }
}
