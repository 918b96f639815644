namespace TsMapSurvey.Cli.Tests;

/// <summary>Commands that read from a server that takes a key or a token for reading.</summary>
[Trait("Pace", "slow")]
public sealed class ReadKeyCommandTests
{
    private const string Key = "a-key-for-reading/0123456789";

    [Fact]
    public void What_reads_takes_the_key_or_the_token_of_a_variable()
    {
        using var folder = new TemporaryFolder();
        using var issuer = new TokenIssuer();
        using var served = new ServedSurvey(
            Path.Combine(Simulated.Folder, "survey.json"), folder.File("store"), $"TSMAP_Keys__Read={Key}", "TSMAP_Keys__OpenReads=false",
            $"TSMAP_Tokens__Authority={issuer.Authority}", $"TSMAP_Tokens__Audiences={TokenIssuer.Audience}");
        (int, string) Status(string key, string token)
        {
            var run = Tools.Run(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, "tsmap.dll"), "status", "--server", served.Address],
                environment: new Dictionary<string, string> { ["TSMAP_KEY"] = key, ["TSMAP_TOKEN"] = token });
            return (run.ExitCode, run.Error);
        }

        void Refused(string why, (int ExitCode, string Error) result)
        {
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(why, result.Error, StringComparison.Ordinal);
        }

        Refused("needs a key for this", Status("", ""));
        Refused("does not accept this key", Status(Key[1..], ""));
        Refused("TSMAP_TOKEN", Status("", issuer.TokenWith("Survey.Read", "exp", TokenIssuer.Now(TimeSpan.FromMinutes(-5)))));
        Refused("not permit", Status("", issuer.Token()));
        Assert.Equal(0, Status(Key, "").Item1);
        Assert.Equal(0, Status("", issuer.Token("Survey.Read")).Item1);
        Assert.Equal(2, Status("", "two words").Item1);
        Assert.DoesNotContain(Key, served.Said, StringComparison.Ordinal);
    }
}
