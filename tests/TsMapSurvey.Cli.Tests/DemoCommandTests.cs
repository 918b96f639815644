using System.Text.Json;

namespace TsMapSurvey.Cli.Tests;

[Trait("Pace", "slow")]
public sealed class DemoCommandTests
{
    [Fact]
    public void The_demo_recovers_most_of_its_sources_and_ends()
    {
        using var json = JsonDocument.Parse(Tsmap.Do("demo", "--no-serve", "--port", "0", "--json"));
        var outcome = json.RootElement;
        Assert.Equal((20, 50, 0), (outcome.GetProperty("sources").GetInt32(), outcome.GetProperty("stacked")
            .GetInt32(), outcome.GetProperty("quarantined").GetInt32()));
        Assert.InRange(outcome.GetProperty("recovered").GetInt32(), 17, 20);
        Assert.InRange(outcome.GetProperty("spurious").GetInt32(), 0, 1);
    }
}
