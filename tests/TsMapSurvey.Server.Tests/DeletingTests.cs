using System.Net;
using System.Net.ServerSentEvents;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Server.Tests;

/// <summary>Deletion of surveys.</summary>
[Trait("Pace", "slow")]
public sealed class DeletingTests
{
    private const string Survey = "/api/surveys/small";

    [Fact]
    public async Task A_deleted_survey_is_gone_but_for_its_observations_and_another_one_may_have_its_name()
    {
        using var folder = new TemporaryFolder();
        var settings = StackedServer.Settings(folder);
        await using var server = await ServerHost.StartAsync(settings, CancellationToken.None);
        using var client = new Client(server.Address);
        await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson());
        var names = await SmallSurvey.PutAsync(settings.Store, 2);
        await client.UntilAsync(Survey, answer => answer.Json.GetProperty("stacked").GetInt32() == 2);
        var before = await MosaicAsync(client);
        var root = HealpixCell.Containing(new SkyPosition(340, 0, SkyFrame.Galactic), 0).Index;
        var hips = $"/hips/small/point-counts/Norder0/Dir0/Npix{root}.fits";
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(hips)).Status);
        await using var listening = await client.OpenAsync($"{Survey}/events");

        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(HttpMethod.Delete, Survey, null)).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(Survey)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Survey}/mosaic/counts.json")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(hips)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(HttpMethod.Delete, Survey, null)).Status);
        Assert.Equal(0, (await client.GetAsync("/api/surveys")).Json.GetArrayLength());
        Assert.Empty(Files(settings.Store, "surveys"));
        Assert.Equal(names.Order(), Files(settings.Store, "observations").Select(file => Path.GetFileName(file)!).Order());
        using (var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5)))
            await foreach (var _ in SseParser.Create(listening).EnumerateAsync(limit.Token)) { }

        var other = SmallSurvey.Definition with { Tiling = SmallSurvey.Definition.Tiling with { WidthDeg = 5, TilePixels = 10 } };
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/surveys", other.ToJson())).Status);
        await client.UntilAsync(Survey, answer => answer.Json.GetProperty("stacked").GetInt32() == 2);
        Assert.Equal((60, 50), (before, await MosaicAsync(client)));
    }

    [Fact]
    public async Task A_deletion_that_was_broken_off_keeps_the_name_until_it_is_finished()
    {
        using var folder = new TemporaryFolder();
        var settings = StackedServer.Settings(folder);
        var store = BlobStores.Open(settings.Store);
        await new DeletionMarks(store)
            .WriteAsync(new DeletionMark("small", "observations/", IsFinished: false), TestContext.Current.CancellationToken);
        await store.WriteAsync("surveys/small/tiles/x000y000/manifest.json", "{}"u8.ToArray(), WriteCondition.IfAbsent,
            TestContext.Current.CancellationToken);
        await using var server = await ServerHost.StartAsync(settings, CancellationToken.None);
        using var client = new Client(server.Address);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(Survey)).Status);
        var refused = await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson());
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("is being deleted", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(HttpMethod.Delete, Survey, null)).Status);
        Assert.Empty(Files(settings.Store, "surveys"));
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson())).Status);
    }

    [Theory]
    [InlineData("nix")]
    [InlineData("..%2f..%2fetc")]
    [InlineData("%20")]
    [InlineData("x%01")]
    public async Task What_is_not_there_is_not_deleted(string name)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerHost.StartAsync(StackedServer.Settings(folder), CancellationToken.None);
        using var client = new Client(server.Address);

        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(HttpMethod.Delete, $"/api/surveys/{name}", null)).Status);
    }

    /// <summary>The width of the survey's image, which identifies the definition.</summary>
    private static async Task<int> MosaicAsync(Client client)
    {
        await client.UntilAsync($"{Survey}/mosaic/counts.json?fresh=true&timeout=40", answer => answer.Status == HttpStatusCode.OK);
        var file = await client.GetAsync($"{Survey}/mosaic/counts.fits");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("counts.fits"), file.Bytes);
        using var fits = Fits.FitsFile.Open(folder.File("counts.fits"));
        return fits.Hdus.OfType<Fits.FitsImage>().First(image => image.Count > 0).Axes[0];
    }

    private static string[] Files(string store, string under) =>
        Directory.Exists(Path.Combine(store, under))
            ? Directory.GetFiles(Path.Combine(store, under), "*", SearchOption.AllDirectories) : [];
}
