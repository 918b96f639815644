using System.Net;

namespace TsMapSurvey.Server.Tests;

/// <summary>From an empty server to a map, over HTTP except for the upload.</summary>
[Trait("Pace", "slow")]
public sealed class DefiningTests
{
    [Fact]
    public async Task A_survey_is_defined_observations_arrive_and_a_map_is_served_also_by_the_next_server()
    {
        using var folder = new TemporaryFolder();
        var settings = StackedServer.Settings(folder);
        await using (var server = await ServerHost.StartAsync(settings, CancellationToken.None))
        {
            using var client = new Client(server.Address);
            Assert.Equal(0, (await client.GetAsync("/api/surveys")).Json.GetArrayLength());

            var bad = await client.PostAsync("/api/surveys", """{ "name": "x!", "tiling": { "kind": "cube" }, "maps": { "point": { "index": "two" } } }""");
            Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
            Assert.True(bad.Json.GetProperty("errors").GetArrayLength() >= 5, bad.Json.ToString());

            // A kernel of 59 degrees needs gigabytes in every tile: rejected with the number, before anything is allocated.
            var wide = await client.PostAsync("/api/surveys", (SmallSurvey.Definition with
            {
                Tiling = SmallSurvey.Definition.Tiling with { PixelSizeDeg = 0.02 },
                Maps = new Dictionary<string, Surveys.MapDefinition> { ["point"] = Surveys.MapDefinition.Parse("""{ "kernelWidthDeg": 59 }""") },
            }).ToJson());
            Assert.Equal(HttpStatusCode.BadRequest, wide.Status);
            Assert.Matches(@"a tile that needs [\d.]+ GB of memory with its halo, expected at most [\d.]+ [GM]B",
                wide.Json.GetProperty("errors")[0].GetString());

            var definition = SmallSurvey.Definition.ToJson();
            var created = await client.PostAsync("/api/surveys", definition);
            Assert.Equal(HttpStatusCode.Created, created.Status);
            Assert.Equal("/api/surveys/small", created.Headers.Location!.ToString());
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/api/surveys", definition)).Status);
            Assert.Equal(HttpStatusCode.Conflict,
                (await client.PostAsync("/api/surveys", (SmallSurvey.Definition with { Observations = "other/" }).ToJson())).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(HttpMethod.Put, "/api/surveys/else", definition)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/surveys/small/mosaic/sqrt_ts.png")).Status);

            await SmallSurvey.PutAsync(settings.Store, 1);
            await client.UntilAsync("/api/surveys/small", answer => answer.Json.GetProperty("stacked").GetInt32() == 1);
            var tile = (await client.GetAsync("/api/surveys/small/tiles?limit=1")).Json[0].GetProperty("tile").GetString();
            var early = await client.GetAsync($"/api/surveys/small/tiles/{tile}/maps/bands.fits?fresh=true&timeout=0");
            Assert.Equal(HttpStatusCode.Accepted, early.Status);
            Assert.Equal("computing", early.Json.GetProperty("state").GetString());
            Assert.NotNull(early.Headers.RetryAfter);
            Assert.Equal(HttpStatusCode.OK,
                (await client.GetAsync($"/api/surveys/small/tiles/{tile}/maps/bands.fits?fresh=true&timeout=30")).Status);
            var map = await client.GetAsync("/api/surveys/small/mosaic/sqrt_ts.json?fresh=true");
            Assert.Equal(HttpStatusCode.OK, map.Status);
            Assert.False(map.Json.GetProperty("stale").GetBoolean());
            await server.StopAsync(CancellationToken.None);
        }

        await using (var next = await ServerHost.StartAsync(settings, CancellationToken.None))
        {
            using var client = new Client(next.Address);
            var status = await client.UntilAsync("/api/surveys/small", answer => answer.Json.GetProperty("stacked").GetInt32() == 1);
            Assert.True(status.Json.GetProperty("revision").GetInt64() > 0);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/surveys/small/mosaic/sqrt_ts.png")).Status);
            await next.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Another_sites_pages_cannot_change_anything_and_bodies_are_bounded()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerHost.StartAsync(StackedServer.Settings(folder), CancellationToken.None);
        using var client = new Client(server.Address);

        Assert.Equal(HttpStatusCode.Forbidden,
            (await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson(), origin: "https://evil.example")).Status);
        var own = server.Address.GetLeftPart(UriPartial.Authority);
        foreach (var alike in new[] { $"{own}0", $"{own}.evil.example", "null", own.Replace("http:", "https:", StringComparison.Ordinal) })
            Assert.Equal(
                HttpStatusCode.Forbidden, (await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson(), origin: alike)).Status);
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson(), origin: own)).Status);
        var huge = await client.PostAsync("/api/surveys", $$"""{ "name": "{{new string('x', 2 << 20)}}" }""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.Status);
        Assert.Equal("application/problem+json", huge.ContentHeaders.ContentType!.MediaType);
    }
}
