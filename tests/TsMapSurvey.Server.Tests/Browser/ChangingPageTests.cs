using System.Diagnostics;
using System.Globalization;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Simulation;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>A page that stays open while the survey changes.</summary>
[Trait("Pace", "slow")]
public sealed class ChangingPageTests(Chromium chromium) : HostedServer
{
    private const string Key = "a-key-of-the-page-0123456789";

    private protected override async Task<ServerSettings> PrepareAsync()
    {
        await SmallSurvey.PutAsync(Store, 2);
        return await SettingsAsync(SmallSurvey.Definition) with { WriteKeys = [Key] };
    }

    private protected override async Task ReadyAsync()
    {
        await UntilStackedAsync(SmallSurvey.Name, 2);
        await Client.GetAsync("/api/surveys/small/mosaic/sqrt_ts.json?fresh=true&timeout=40");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_observation_changes_the_picture_without_reload(bool hasWebGl)
    {
        await using var page = await chromium.OpenAsync(Address, "/surveys/small?quantity=counts", hasWebGl: hasWebGl);
        await page.Page.EvaluateAsync("() => { window.isSamePage = true; }");
        var before = await page.Page.Locator("#frame").GetAttributeAsync("data-revision");
        var picture = await page.Page.Locator("#frame").ScreenshotAsync();

        await SmallSurvey.PutAsync(Store, 3, seed: 5);

        await page.Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#observations .state.stacked').length >= 3 && "
            + $"document.getElementById('frame').dataset.revision !== '{before}'");
        Assert.NotEqual(picture, await page.Page.Locator("#frame").ScreenshotAsync());
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.isSamePage"));
        Assert.Equal("live", await page.TextAsync("#link"));
        page.AssertQuiet();
    }

    [Fact]
    public async Task The_sky_shows_the_pixels_of_the_newest_revision()
    {
        await using var page = await chromium.OpenAsync(Address, "/surveys/small?quantity=exposure");
        async Task<double> UnderMouseAsync(double above)
        {
            // Moved until the value is that of a new layer: each move asks for the pixel again.
            var box = (await page.Page.Locator("#sky").BoundingBoxAsync())!;
            for (var i = 0; i < 6000; i++)
            {
                await page.Page.Mouse.MoveAsync(box.X + box.Width / 2 + i % 2, box.Y + box.Height / 2);
                var value = (await page.TextAsync("#readout")).Split('·')[^1].Trim();
                if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var exposure) && exposure > above)
                    return exposure;
                await page.Page.WaitForFunctionAsync("() => new Promise(done => requestAnimationFrame(() => done(true)))");
            }

            Assert.Fail($"the sky goes on showing {await page.TextAsync("#readout")}");
            return double.NaN;
        }

        var before = await UnderMouseAsync(0);
        await SmallSurvey.PutAsync(Store, 3, seed: 5);
        // Its exposure adds to that of the two there were.
        Assert.InRange(await UnderMouseAsync(before * 1.05) / before, 1.05, 3);
        page.AssertQuiet();
    }

    /// <summary>Prints the time from the upload to the new picture, which depends on the machine.</summary>
    [Fact]
    public async Task An_upload_is_soon_on_screen()
    {
        const string quantity = "sqrt_ts";
        var observation = new SimulatedSurvey(Survey.Resolve(SmallSurvey.Definition), new SimulationOptions(3, 2, 5)).Observe(2);
        MapDatasetFile.Write(Folder.File(observation.FileName), observation.Dataset);
        var observations = new ObservationStore(BlobStores.Open(Store), SmallSurvey.Definition.Observations);
        await using var page = await chromium.OpenAsync(Address, $"/surveys/small?quantity={quantity}");
        var before = await page.Page.Locator("#frame").GetAttributeAsync("data-revision");
        var picture = await page.Page.Locator("#sky").ScreenshotAsync();

        var watch = Stopwatch.StartNew();
        await observations.PutAsync(Folder.File(observation.FileName), observation.FileName, null, TestContext.Current.CancellationToken);
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
        await using var page = await chromium.OpenAsync(Address, "/surveys/small?viewer=picture");
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
