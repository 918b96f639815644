namespace TsMapSurvey.Cli.Tests.Documents;

/// <summary>The commands of the documents are run as they stand there.</summary>
[Trait("Pace", "slow")]
public sealed class DocumentCommandTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData(ReadmeTests.Manual)]
    public void Commands_of_blocks_that_are_not_marked_succeed_in_their_order(string page)
    {
        using var runner = new DocumentRunner();
        foreach (var block in CommandBlock.Of(page).Where(block => block.NotRun is null))
            foreach (var command in block.Commands) runner.Run(command);
        Assert.True(runner.Count > 0, $"{page}: no command was run");
    }

    [Theory]
    [InlineData(ReadmeTests.Infra)]
    [InlineData(ReadmeTests.HttpApi)]
    public void Blocks_for_clusters_and_other_programs_say_why_they_are_not_run(string page)
    {
        var blocks = CommandBlock.Of(page);
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.True(block.NotRun is not null, $"{block.Where}: expected <!-- not run: REASON --> before it"));
    }

    [Fact]
    public void Words_are_split_as_a_shell_splits_them()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("obs_2.fits"), "");
        File.WriteAllText(folder.File("obs_1.fits"), "");
        var command = new DocumentCommand("page:1", "tsmap put obs_*.fits --at \"1 2, 3\" model.yaml#name   # a comment");
        Assert.Equal(["tsmap", "put", "obs_1.fits", "obs_2.fits", "--at", "1 2, 3", "model.yaml#name"], command.Words(folder.Path));
    }
}
