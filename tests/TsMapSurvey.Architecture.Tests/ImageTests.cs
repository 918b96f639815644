namespace TsMapSurvey.Architecture.Tests;

[Trait("Pace", "slow")]
public sealed class ImageTests
{
    /// <summary>Names the folder in which <c>tests/run.sh</c> has carried out the steps of the Dockerfile, once for all tests.</summary>
    private const string Built = "TSMAP_TEST_IMAGE";

    [Fact]
    public void The_image_builds_becomes_healthy_and_stops_cleanly()
    {
        string[] built = Environment.GetEnvironmentVariable(Built) is { Length: > 0 } folder ? ["--built", folder] : [];
        var replayed = Tools.Run(
            Tools.Need("bash", "apt-get install bash"), [Repository.Path("infra", "docker", "replay.sh"), "--serve", .. built],
            seconds: 600, environment: new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" });
        Assert.True(replayed.ExitCode == 0, replayed.Output[^Math.Min(4000, replayed.Output.Length)..] + replayed.Error);
    }

    [Fact]
    public void The_image_starts_with_options_that_serve_has_and_opens_the_ports_it_uses()
    {
        Assert.Equal("serve", Image.Arguments[0]);
        Offenders.None("options of CMD in Dockerfile", Serve.Unknown(Image.Arguments));
        Assert.Equal(["8080", "8081", "11111", "30000"], Image.Ports);
        Assert.Equal([.. Image.Ports.Take(2).Select(port => $"http://0.0.0.0:{port}"), .. Image.Ports.Skip(2)],
            Image.Arguments.Where(argument => argument.Any(char.IsDigit)));
        Assert.Contains($"/{Image.Ports[1]} ", Image.HealthCheck, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_not_open_to_writing() => Assert.DoesNotContain("--open-writes", Image.Arguments);

    [Fact]
    public void The_container_app_starts_like_the_image()
    {
        var app = File.ReadAllText(Repository.Path("bicep", "modules", "app.bicep"));
        var quoted = System.Text.RegularExpressions.Regex.Matches(app, "'(--[a-z-]+)'").Select(match => match.Groups[1].Value);

        Offenders.None("options in bicep/modules/app.bicep", Serve.Unknown(quoted));
        foreach (var (name, port) in new[] { "httpPort", "healthPort", "siloPort", "gatewayPort" }.Zip(Image.Ports))
            Assert.Contains($"var {name} = {port}\n", app, StringComparison.Ordinal);
    }
}
