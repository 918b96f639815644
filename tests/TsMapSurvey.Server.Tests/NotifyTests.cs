using System.Net;

namespace TsMapSurvey.Server.Tests;

/// <summary>The webhook for Event Grid. The server lists its store once a day, so stacked observations arrived by the webhook.</summary>
[Trait("Pace", "slow")]
public sealed class NotifyTests : IAsyncLifetime
{
    private const string Key = "a-key_of-32-characters-0123456789";
    private const string Path = "/api/surveys/small/observations:notify";
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;
    private Client _client = null!;

    public async ValueTask InitializeAsync()
    {
        var survey = _folder.File("survey.json");
        await File.WriteAllTextAsync(survey, SmallSurvey.Definition.ToJson());
        _server = await ServerHost.StartAsync(StackedServer.Settings(
            _folder) with
        { Surveys = [survey], IntakeInterval = TimeSpan.FromDays(1), IntakeWebhookKey = Key }, CancellationToken.None);
        _client = new Client(_server.Address);
        await _client.UntilAsync(
            "/api/surveys/small", answer => answer.Json.GetProperty("reconciledAt").ValueKind == System.Text.Json.JsonValueKind.String);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Event_Grid_subscribes_and_what_it_sends_is_stacked_once()
    {
        var handshake = await PostAsync(GridEvents.Validation("512d38b6"), ("aeg-event-type", "SubscriptionValidation"));
        Assert.Equal((HttpStatusCode.OK, """{"validationResponse":"512d38b6"}"""), (handshake.Status, System.Text.Encoding.UTF8.GetString(handshake.Bytes)));

        var names = await SmallSurvey.PutAsync(_folder.File("store"), 3);
        string[] blobs = [.. names.Select(name => SmallSurvey.Definition.Observations + name)];
        var batch =
            "[" + string.Join(',', blobs.Concat(blobs).Select(blob => GridEvents.Created(blob))
                .Append(GridEvents.Created("observations/gone.fits"))
                .Append(GridEvents.Created(blobs[0], type: "Microsoft.Storage.BlobDeleted"))) + "]";
        for (var i = 0; i < 2; i++)
        {
            var answer = await PostAsync(batch, ("aeg-event-type", "Notification"));
            Assert.Equal((HttpStatusCode.OK, 6, 2),
                (answer.Status, answer.Json.GetProperty("taken").GetInt32(), answer.Json.GetProperty("ignored").GetInt32()));
        }

        var status = await _client.UntilAsync("/api/surveys/small", answer =>
            answer.Json.GetProperty("stacked").GetInt32() == 3 && answer.Json.GetProperty("inFlight").GetInt32() == 0);
        var revision = status.Json.GetProperty("revision").GetInt64();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(GridEvents.CloudCreated(blobs[1]))).Status);
        status = await _client.UntilAsync("/api/surveys/small", answer =>
            answer.Json.GetProperty("waiting").GetInt32() + answer.Json.GetProperty("inFlight").GetInt32() == 0);
        Assert.Equal((3, revision), (status.Json.GetProperty("stacked").GetInt32(), status.Json.GetProperty("revision").GetInt64()));
    }

    [Fact]
    public async Task A_sender_of_CloudEvents_is_told_that_it_may_send()
    {
        Task<Answer> AskAsync(string query, params (string, string?)[] headers) =>
            _client.SendAsync(HttpMethod.Options, Path + query, null, headers);
        var answer = await AskAsync($"?key={Key}", ("WebHook-Request-Origin", "eventgrid.azure.net"), ("WebHook-Request-Rate", "120"));
        Assert.Equal((HttpStatusCode.OK, "eventgrid.azure.net", "*"),
            (answer.Status, answer.Header("WebHook-Allowed-Origin"), answer.Header("WebHook-Allowed-Rate")));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("", ("WebHook-Request-Origin", "eventgrid.azure.net"), ("Tsmap-Key", Key))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("", ("WebHook-Request-Origin", "eventgrid.azure.net"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync($"?key={Key}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync($"?key={Key}", ("WebHook-Request-Origin", "<script>"))).Status);
    }

    [Fact]
    public async Task Bad_events_are_told_each_and_the_others_are_followed()
    {
        var name = (await SmallSurvey.PutAsync(_folder.File("store"), 1))[0];
        var answer = await PostAsync($$"""[7, {"id": "half"}, {{GridEvents.Created(SmallSurvey.Definition.Observations + name)}}]""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        string[] errors = [.. answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!)];
        Assert.Equal(2, errors.Length);
        Assert.StartsWith("event 0: found a JSON number", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("event 1 (half): found an object that is not an event", errors[1], StringComparison.Ordinal);
        await _client.UntilAsync("/api/surveys/small", status => status.Json.GetProperty("stacked").GetInt32() == 1);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("no JSON")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("")).Status);
    }

    [Fact]
    public async Task Without_the_key_nothing_is_read_and_a_body_has_an_end()
    {
        var body = $"[{GridEvents.Created("observations/a.fits")}]";
        foreach (var (query, header) in new (
            string, string?)[] { ("", null), ("?key=", null), ("?key=wrong", null), ("", "wrong"), ($"?key={Key}", "wrong") })
        {
            var refused = await _client.SendAsync(HttpMethod.Post, Path + query, body, ("Tsmap-Key", header));
            Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"),
                (refused.Status, refused.ContentHeaders.ContentType?.MediaType));
            Assert.DoesNotContain(Key, refused.Json.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(HttpMethod.Post, Path, body, ("Tsmap-Key", Key))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync($"[{new string(' ', 3 << 20)}]")).Status);
        Assert.Equal(HttpStatusCode.NotFound,
            (await _client.SendAsync(HttpMethod.Post, $"/api/surveys/none/observations:notify?key={Key}", body)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.SendAsync(HttpMethod.Post, $"{Path}?key={Key}&kee=1", body)).Status);
    }

    private Task<Answer> PostAsync(string body, params (string, string?)[] headers) =>
        _client.SendAsync(HttpMethod.Post, $"{Path}?key={Key}", body, headers);
}
