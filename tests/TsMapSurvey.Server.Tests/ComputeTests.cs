using System.Net;
using System.Net.Http.Headers;

namespace TsMapSurvey.Server.Tests;

[Trait("Pace", "slow")]
public sealed class ComputeTests : IAsyncLifetime
{
    private const string Path = "/api/compute";
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;
    private Client _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerHost.StartAsync(StackedServer.Settings(_folder) with { UploadBytes = 1 << 20 }, CancellationToken.None);
        _client = new Client(_server.Address);
    }

    [Fact]
    public async Task A_job_is_opened_fed_started_asked_fetched_and_deleted()
    {
        var names = await SmallSurvey.PutAsync(_folder.File("observations"), 1);
        var dataset = Directory.GetFiles(_folder.File("observations"), names[0], SearchOption.AllDirectories).Single();
        var opened = await _client.PostAsync(Path, """{ "map": { "kernelWidthDeg": 0.5 }, "datasets": ["one.fits.gz"] }""");
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        var job = opened.Header("Location")!;
        Assert.Equal("receiving", opened.Json.GetProperty("state").GetString());
        AssertProblem(await _client.PostAsync($"{job}/start", null), 409, "one.fits.gz");
        AssertProblem(await _client.GetAsync($"{job}/maps.fits"), 409, "expected done");
        var bytes = await File.ReadAllBytesAsync(dataset, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, await UploadAsync($"{job}/datasets/0", bytes));
        Assert.Equal(HttpStatusCode.NoContent, await UploadAsync($"{job}/datasets/0", bytes));
        Assert.Equal(HttpStatusCode.Conflict, await UploadAsync($"{job}/datasets/0", bytes[1..]));
        Assert.Equal(HttpStatusCode.NotFound, await UploadAsync($"{job}/datasets/1", bytes));
        Assert.Equal(HttpStatusCode.Accepted, (await _client.PostAsync($"{job}/start", null)).Status);
        var done = await _client.UntilAsync(job, answer => answer.Json.GetProperty("state").GetString() is not "computing");
        Assert.Equal(("done", done.Json.GetProperty("blocks").GetInt32()),
            (done.Json.GetProperty("state").GetString(), done.Json.GetProperty("blocksDone").GetInt32()));
        var maps = await _client.GetAsync($"{job}/maps.fits");
        Assert.Equal((HttpStatusCode.OK, "application/fits"), (maps.Status, maps.ContentHeaders.ContentType?.MediaType));
        await File.WriteAllBytesAsync(_folder.File("maps.fits"), maps.Bytes, TestContext.Current.CancellationToken);
        using (var file = Fits.FitsFile.Open(_folder.File("maps.fits"))) Assert.NotNull(file.Find("SQRT_TS"));
        foreach (var kind in Damage.Kinds)
        {
            Damage.Do(Directory.GetFiles(_folder.File("store"), "flux.maps", SearchOption.AllDirectories).Single(), kind);
            var again = await _client.GetAsync($"{job}/maps.fits");
            Assert.True(maps.Bytes.AsSpan().SequenceEqual(again.Bytes), kind);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await _client.SendAsync(HttpMethod.Delete, job, null)).Status);
        AssertProblem(await _client.GetAsync(job), 404, "no job");
        Assert.Empty(Directory.GetFiles(_folder.File(System.IO.Path.Combine("store", "compute")), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("""{ "map": { "rtol": 7, "spatial": "blob", "kernelwidth": 1 }, "datasets": [], "x": 1 }""", 5)]
    [InlineData("""{ "map": 3, "datasets": ["a", 2] }""", 3)]
    [InlineData("nonsense", 1)]
    [InlineData("""{ "datasets": ["a\u0000b"] }""", 1)]
    public async Task Everything_that_is_wrong_with_an_order_is_told_at_once(string body, int errors)
    {
        var answer = await _client.PostAsync(Path, body);
        AssertProblem(answer, 400, "");
        Assert.True(errors == answer.Json.GetProperty("errors").GetArrayLength(), answer.Json.ToString());
    }

    [Fact]
    public async Task More_jobs_than_there_may_be_are_put_off()
    {
        var answers = new List<Answer>();
        while (answers.Count < 100 && (answers.Count == 0 || answers[^1].Status == HttpStatusCode.Created)) answers.Add(await _client.PostAsync(Path, """{ "datasets": ["a"] }"""));
        Assert.Equal((HttpStatusCode)429, answers[^1].Status);
        Assert.NotNull(answers[^1].Headers.RetryAfter);
        await _client.SendAsync(HttpMethod.Delete, answers[0].Header("Location")!, null);
        Assert.Equal(HttpStatusCode.Created, (await _client.PostAsync(Path, """{ "datasets": ["a"] }""")).Status);
    }

    [Theory]
    [InlineData("/nix")]
    [InlineData("/00000000000000000000000000000000")]
    [InlineData("/..%2f..%2fx")]
    public async Task An_unknown_job_is_a_problem_and_no_more(string job)
    {
        AssertProblem(await _client.GetAsync(Path + job), 404, "no job");
        AssertProblem(await _client.GetAsync($"{Path}{job}/maps.fits"), 404, "no job");
        AssertProblem(await _client.PostAsync($"{Path}{job}/start", null), 404, "no job");
    }

    [Fact]
    public async Task An_upload_that_is_too_large_or_comes_from_another_site_is_refused()
    {
        var job = (await _client.PostAsync(Path, """{ "datasets": ["a"] }""")).Header("Location")!;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await UploadAsync($"{job}/datasets/0", new byte[(1 << 20) + 1]));
        Assert.Equal(HttpStatusCode.Forbidden, (await _client.PostAsync($"{job}/datasets/0", "{}", "http://elsewhere")).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await _client.SendAsync(HttpMethod.Delete, job, null, ("Origin", "http://elsewhere"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(job)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<HttpStatusCode> UploadAsync(string path, byte[] bytes)
    {
        using var http = new HttpClient(Client.Patient()) { BaseAddress = _server.Address };
        using var content = new ByteArrayContent(bytes)
        { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        // Otherwise the server may reject the request while the client is still sending.
        request.Headers.ExpectContinue = true;
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static void AssertProblem(Answer answer, int status, string detail)
    {
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Contains(detail, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
