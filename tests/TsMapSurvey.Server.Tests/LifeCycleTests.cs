using System.Net;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Tests;

/// <summary>Retracts observations and reads them again, over HTTP.</summary>
[Trait("Pace", "slow")]
public sealed class LifeCycleTests
{
    [Fact]
    public async Task An_observation_is_retracted_and_retried_and_every_answer_tells_its_states_with_times_and_reasons()
    {
        using var folder = new TemporaryFolder();
        var settings = StackedServer.Settings(folder);
        await using var server = await ServerHost.StartAsync(settings, CancellationToken.None);
        using var client = new Client(server.Address);
        await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson());
        var name = (await SmallSurvey.PutAsync(settings.Store, 3))[1];
        var (survey, observation) = ("/api/surveys/small", $"/api/surveys/small/observations/{name}");
        await client.UntilAsync(survey, answer => answer.Json.GetProperty("stacked").GetInt32() == 3);
        var before = await SumAsync(client);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync($"{observation}/retry", null)).Status);

        var retracted = await client.SendAsync(HttpMethod.Post, $"{observation}/retract", null, ("Idempotency-Key", "my-own-key"));
        Assert.Equal((HttpStatusCode.Accepted, "retracting"), (retracted.Status, retracted.Json.GetProperty("state").GetString()));
        var status = (await client.UntilAsync(observation, answer => answer.Json.GetProperty("state").GetString() == "retracted")).Json;
        Assert.Contains("my-own-key", status.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(["received", "planned", "stacked", "retracting", "retracted"], status.GetProperty("history").EnumerateArray()
            .Select(step => step.GetProperty("state").GetString()));
        Assert.All(status.GetProperty("history").EnumerateArray(), step =>
            Assert.True(step.GetProperty("at").GetDateTimeOffset() > DateTimeOffset.UnixEpoch));
        Assert.InRange(status.GetProperty("retractedAt").GetDateTimeOffset(), status.GetProperty("history")[3].GetProperty("at")
            .GetDateTimeOffset(), status.GetProperty("changedAt").GetDateTimeOffset());
        await client.UntilAsync($"{survey}/observations?state=retracted", answer =>
            answer.Json.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()).SequenceEqual([name]));
        Assert.True(await SumAsync(client) < before);
        Assert.Equal("retracted", (await client.PostAsync($"{observation}/retract", null)).Json.GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync($"{observation}/retry", null)).Status);
        await client.UntilAsync(survey, answer => answer.Json.GetProperty("stacked").GetInt32() == 3);
        Assert.Equal(before, await SumAsync(client));

        // An observation whose file disappears stays in the tiles; status and list show that.
        Assert.Equal(0, (await client.GetAsync(survey)).Json.GetProperty("warnings").GetArrayLength());
        await BlobStores.Open(settings.Store)
            .DeleteAsync($"{SmallSurvey.Definition.Observations}{name}", WriteCondition.Always, CancellationToken.None);
        var warned = await client.UntilAsync(survey, answer => answer.Json.GetProperty("warnings").GetArrayLength() > 0);
        Assert.Contains(
            $"are missing in the store: {name};", warned.Json.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        var missing = (await client.GetAsync($"{survey}/observations")).Json.EnumerateArray()
            .Where(entry => entry.GetProperty("isMissing").GetBoolean());
        Assert.Equal([name], missing.Select(entry => entry.GetProperty("name").GetString()));
        await server.StopAsync(CancellationToken.None);
    }

    private static async Task<double> SumAsync(Client client) =>
        (await client.GetAsync("/api/surveys/small/statistics?quantity=counts&fresh=true&timeout=40")).Json.GetProperty("statistics")
            .GetProperty("sum").GetDouble();
}
