using System.Net;
using System.Text.Json;

namespace TsMapSurvey.Server.Tests.Tilings;

[Trait("Pace", "slow")]
public sealed class CellRetractionTests(CellServer server) : IClassFixture<CellServer>
{
    private const string Survey = "/api/surveys/own";

    [Fact]
    public async Task An_observation_leaves_every_cell_and_comes_back()
    {
        var (name, counts) = server.Counts.First();
        var observation = (await server.Client.GetAsync($"{Survey}/observations/{name}")).Json;
        var tiles = observation.GetProperty("tiles").EnumerateArray().Select(tile => tile.GetString()!).ToArray();
        Assert.All(tiles, tile => Assert.StartsWith("cell-", tile, StringComparison.Ordinal));
        Assert.True(tiles.Length > 3);

        Assert.Equal(HttpStatusCode.Accepted, (await server.Client.PostAsync($"{Survey}/observations/{name}/retract", null)).Status);
        await UntilAsync(name, "retracted");
        Assert.Equal(server.Counts.Values.Sum() - counts, await CountsAsync());
        foreach (var tile in tiles)
        {
            var ledger = (await server.Client.GetAsync($"{Survey}/tiles/{tile}/observations")).Json;
            Assert.DoesNotContain(name, ledger.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        }

        Assert.Equal(HttpStatusCode.Accepted, (await server.Client.PostAsync($"{Survey}/observations/{name}/retry", null)).Status);
        await UntilAsync(name, "stacked");
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync($"{Survey}/candidates.json?fresh=true&timeout=60")).Status);
        Assert.Equal(server.Counts.Values.Sum(), await CountsAsync());
    }

    private Task<Answer> UntilAsync(string name, string state) =>
        server.Client.UntilAsync($"{Survey}/observations/{name}", answer => answer.Json.GetProperty("state").GetString() == state);

    /// <summary>On the pixels that the cells own.</summary>
    private async Task<double> CountsAsync()
    {
        var sum = 0.0;
        foreach (var tile in (await server.Client.GetAsync($"{Survey}/tiles")).Json.EnumerateArray())
        {
            var image = await server.Client.GetAsync($"{Survey}/tiles/{tile.GetProperty("tile").GetString()}/point/counts.json");
            Assert.Equal(HttpStatusCode.OK, image.Status);
            var values = image.Json.GetProperty("values").EnumerateArray();
            sum += values.Where(value => value.ValueKind == JsonValueKind.Number).Sum(value => value.GetDouble());
        }

        return sum;
    }
}
