namespace TsMapSurvey.Cli.Tests;

/// <summary>Commands that change something on a server that takes a key, and servers that are open to others.</summary>
[Trait("Pace", "slow")]
public sealed class WriteKeyCommandTests
{
    private const string Key = "a-key-for-writing/0123456789";

    [Fact]
    public void What_changes_something_takes_the_key_by_option_or_variable()
    {
        using var folder = new TemporaryFolder();
        using var served = new ServedSurvey(
            Path.Combine(Simulated.Folder, "survey.json"), folder.File("store"), $"TSMAP_Keys__Write=another-key-0123456789;{Key}");
        var files = Simulated.Observations();
        served.Put(files[..1]);
        served.WaitUntilAllIsSeen();
        var name = Path.GetFileName(files[0]);
        ToolResult Retract(string? variable, params string[] options) => TestedProgram.Run(
            ["retract", name, "--server", served.Address, .. options],
            environment: new Dictionary<string, string> { ["TSMAP_KEY"] = variable ?? "" });

        Assert.Equal((1, "the server needs a key for this; give it with --key or TSMAP_KEY"), Result(Retract(null)));
        Assert.Equal(
            (1, "the server does not accept this key; give another one with --key or TSMAP_KEY"), Result(Retract(null, "--key", Key[1..])));
        Assert.Equal(
            (1, "the server does not accept this key; give another one with --key or TSMAP_KEY"), Result(Retract(Key, "--key", Key[1..])));
        Assert.Equal(2, Retract("two words of it").ExitCode);
        Assert.Equal(0, Retract(null, "--key", Key).ExitCode);
        Assert.Equal(0, Retract(Key).ExitCode);
        Assert.DoesNotContain(Key, served.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_others_reach_does_not_start_without_a_key()
    {
        using var folder = new TemporaryFolder();
        var refused = Tsmap.RunIn(folder.Path, "serve", "--urls", "http://0.0.0.0:0");

        Assert.Equal(2, refused.ExitCode);
        var line = Assert.Single(refused.Error.Trim().Split('\n'));
        Assert.StartsWith(
            "tsmap: Keys:Write: found no key, but other machines can reach http://0.0.0.0:0;", line, StringComparison.Ordinal);
        Assert.Contains("--open-writes", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_terminal_would_take_for_a_command_is_shown_as_an_escape()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model.yaml"), "components:\n- name: \"a\\e[2J\\x9bb\"\n  type: SkyModel\n");
        foreach (var command in new[] { ["info", "no\u001b[2Jfile\nfits"],
            new[] { "compute", folder.File("none.fits"), "--out", folder.File("out.fits"), "--model", folder.File("model.yaml") } })
        {
            var result = Tsmap.Run(command);
            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains("\\u001b[2J", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(result.Error.TrimEnd('\n'), char.IsControl);
        }
    }

    private static (int ExitCode, string Message) Result(ToolResult result) => (result.ExitCode, result.Error.Trim().Split(": ")[^1]);
}
