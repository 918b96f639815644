using System.Text.RegularExpressions;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Tests;

/// <summary>What the READMEs tell people to type works.</summary>
[Trait("Pace", "slow")]
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Pages => ["README.md", Path.Combine("infra", "README.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_and_option_exists(string page)
    {
        var commands = Command().Matches(File.ReadAllText(Repository.Path(page)))
            .Select(match => (Name: match.Groups[1].Value, Line: match.Groups[2].Value)).ToArray();
        Assert.NotEmpty(commands);
        foreach (var command in commands.GroupBy(command => command.Name))
        {
            var help = Tsmap.Do(command.Key, "--help");
            foreach (var option in command.SelectMany(use => Option().Matches(use.Line)).Select(match => match.Value).Distinct())
                Assert.True(Regex.IsMatch(help, $@"(^|\s){option}\b"), $"{page}: tsmap {command.Key} has no {option}");
        }
    }

    [Fact]
    public void The_survey_in_the_readme_is_one()
    {
        var json = Json().Match(File.ReadAllText(Repository.Path("README.md"))).Groups[1].Value;
        Assert.Equal("my-survey", Survey.Resolve(SurveyDefinition.Parse(json), null).Name);
    }

    [Fact]
    public void The_two_commands_are_there_and_name_what_exists()
    {
        var readme = File.ReadAllText(Repository.Path("README.md"));
        Assert.Contains("dotnet run -c Release --project src/TsMapSurvey.Cli -- demo", readme, StringComparison.Ordinal);
        Assert.Contains("bash tests/run.sh", readme, StringComparison.Ordinal);
        Assert.True(File.Exists(Repository.Path("src", "TsMapSurvey.Cli", "TsMapSurvey.Cli.csproj"))
            && File.Exists(Repository.Path("tests", "run.sh")));
        foreach (var link in Link().Matches(readme).Select(match => match.Groups[1].Value)
            .Where(link => !link.StartsWith("http", StringComparison.Ordinal)))
            Assert.True(File.Exists(Repository.Path(link)), $"README.md points to {link}, which is not there");
    }

    [GeneratedRegex(@"(?:^tsmap|^dotnet run [^\n]*TsMapSurvey\.Cli --|`tsmap) ([a-z][a-z-]*)([^\n`]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<= )--[a-z][a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
