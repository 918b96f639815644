namespace TsMapSurvey.Architecture.Tests;

/// <summary>infra/deploy.sh with an <c>az</c> that writes down what it is asked.</summary>
[Trait("Pace", "slow")]
public sealed class DeployTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DeployTests()
    {
        File.WriteAllText(_folder.File("az"), """
            #!/bin/sh
            echo "$* IMAGE=$TSMAP_IMAGE" >>"$AZ_LOG"
            echo "${TSMAP_KEY:-}" >>"$AZ_LOG.key"
            echo "${TSMAP_READ_KEY:-}" >>"$AZ_LOG.readkey"
            case "$*" in
              "group exists"*) echo true ;;
              *registryName*) [ -z "$AZ_REGISTRY" ] || echo "$AZ_REGISTRY" ;;
              *outputs*) echo value ;;
              "containerapp secret show"*read-key*) [ -n "$AZ_READ_KEY" ] || exit 3; echo "$AZ_READ_KEY" ;;
              "containerapp secret show"*) [ -n "$AZ_KEY" ] || exit 3; echo "$AZ_KEY" ;;
            esac
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder.File("az"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Nothing_changes_without_a_yes()
    {
        var (result, calls) = Deploy(registry: "cr");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("nothing was changed", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(calls, Changes);
    }

    [Fact]
    public void What_if_shows_and_changes_nothing()
    {
        var (result, calls) = Deploy(registry: "cr", "--what-if");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(calls, call => call.Contains("what-if", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, Changes);
    }

    [Fact]
    public void Every_change_is_shown_first_and_the_image_built_is_the_image_deployed()
    {
        var (result, calls) = Deploy(registry: "cr", "--yes");
        var verbs = calls.Where(
            call => !call.Contains(" show ", StringComparison.Ordinal) && !call.StartsWith("group", StringComparison.Ordinal)).ToList();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["acr build", "deployment what-if", "deployment create"], verbs.Select(Verb));
        var image = verbs[0].Split("--image ")[1].Split(' ')[0];
        Assert.All(verbs.Skip(1), call => Assert.EndsWith($"IMAGE={image}", call, StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_deployment_makes_the_registry_before_it_asks_for_an_image()
    {
        var (_, calls) = Deploy(registry: "", "--yes");

        Assert.Equal(["deployment what-if", "deployment create"],
            calls.Where(call => call.Contains("what-if", StringComparison.Ordinal) || Changes(call)).Take(2).Select(Verb));
        Assert.All(calls.TakeWhile(call => !call.StartsWith("acr", StringComparison.Ordinal)), call =>
            Assert.EndsWith("IMAGE=", call, StringComparison.Ordinal));
    }

    [Fact]
    public void The_key_for_writing_is_kept_and_made_where_there_is_none()
    {
        string KeyOf(string there)
        {
            File.Delete(_folder.File("az.log.key"));
            var (result, _) = Deploy("cr", there, ["--yes"]);
            Assert.True(result.ExitCode == 0, result.Error);
            var key = File.ReadAllLines(_folder.File("az.log.key"))[^1];
            Assert.DoesNotContain(key, result.Output + result.Error, StringComparison.Ordinal);
            Assert.Contains("key    az containerapp secret show", result.Output, StringComparison.Ordinal);
            return key;
        }

        Assert.Equal("the-key-of-the-app-that-is-there", KeyOf("the-key-of-the-app-that-is-there"));
        var (one, other) = (KeyOf(""), KeyOf(""));
        Assert.Matches("^[0-9a-f]{64}$", one);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Reading_that_is_closed_stays_closed()
    {
        string KeyOf(string there)
        {
            File.Delete(_folder.File("az.log.readkey"));
            Assert.Equal(0, Deploy("cr", "the-key-of-the-app-that-is-there", ["--yes"], there).Result.ExitCode);
            return File.ReadAllLines(_folder.File("az.log.readkey"))[^1];
        }

        Assert.Equal("the-key-for-reading-that-is-there", KeyOf("the-key-for-reading-that-is-there"));
        Assert.Equal("", KeyOf(""));
    }

    public void Dispose() => _folder.Dispose();

    private static bool Changes(string call) =>
        Verb(call).EndsWith("create", StringComparison.Ordinal) || call.StartsWith("acr", StringComparison.Ordinal);

    private static string Verb(string call) => call.Replace("deployment group", "deployment", StringComparison.Ordinal)
        .Split(' ') is [var noun, var verb, ..] ? $"{noun} {verb}" : call;

    private (ToolResult Result, string[] Calls) Deploy(string registry, params string[] options) => Deploy(registry, "", options);

    private (ToolResult Result, string[] Calls) Deploy(string registry, string key, string[] options, string readKey = "")
    {
        var log = _folder.File("az.log");
        var result = Tools.Run(Tools.Need("bash", "apt-get install bash"),
            [Repository.Path("infra", "deploy.sh"), "--group", "rg", "--location", "westeurope", .. options],
            environment: new Dictionary<string, string>
            {
                ["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
                ["AZ_LOG"] = log,
                ["AZ_REGISTRY"] = registry,
                ["AZ_KEY"] = key,
                ["AZ_READ_KEY"] = readKey,
                ["TSMAP_KEY"] = "",
                ["TSMAP_READ_KEY"] = "",
            });
        return (result, File.Exists(log) ? File.ReadAllLines(log) : []);
    }
}
