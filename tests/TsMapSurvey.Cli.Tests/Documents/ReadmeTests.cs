using System.Text.RegularExpressions;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Tests.Documents;

/// <summary>Commands, options, links and the survey that the documents name exist.</summary>
[Trait("Pace", "slow")]
public sealed partial class ReadmeTests
{
    public const string Manual = "src/TsMapSurvey.Cli/README.md";
    public const string HttpApi = "src/TsMapSurvey.Server/README.md";
    public const string Infra = "infra/README.md";
    private const string Readme = "README.md";
    private const int MostLines = 100;

    public static TheoryData<string> Pages => [Readme, Manual, HttpApi, Infra];

    public static TheoryData<string> PagesWithCommands => [Readme, Manual, Infra];

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void Every_command_and_option_exists(string page)
    {
        var commands = Command().Matches(Text(page))
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
    public void The_manual_has_every_command()
    {
        var commands = Tsmap.Do("--help").Split('\n').SkipWhile(line => line != "Commands:").Skip(1)
            .Select(line => line.Trim().Split(' ')[0]).Where(command => command.Length > 0);
        var manual = Command().Matches(Text(Manual)).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.All(commands, command => Assert.Contains(command, manual));
    }

    [Fact]
    public void The_survey_in_the_manual_is_one() =>
        Assert.Equal("my-survey", Survey.Resolve(SurveyDefinition.Parse(DocumentFiles.SurveyJson()), null).Name);

    [Fact]
    public void The_readme_is_short_and_its_two_commands_name_what_exists()
    {
        var readme = Text(Readme);
        Assert.True(readme.Split('\n').Length <= MostLines, $"README.md has more than {MostLines} lines");
        Assert.Contains("dotnet run -c Release --project src/TsMapSurvey.Cli -- demo", readme, StringComparison.Ordinal);
        Assert.Contains("bash tests/run.sh", readme, StringComparison.Ordinal);
        Assert.True(File.Exists(Repository.Path("src", "TsMapSurvey.Cli", "TsMapSurvey.Cli.csproj"))
            && File.Exists(Repository.Path("tests", "run.sh")));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_a_heading_that_exist(string page)
    {
        foreach (var link in Link().Matches(Text(page)).Select(match => match.Groups[1].Value)
            .Where(link => !link.StartsWith("http", StringComparison.Ordinal)))
        {
            var (path, heading) = link.Split('#') is [var file, var anchor] ? (file, anchor) : (link, null);
            var target = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);
            Assert.True(File.Exists(Repository.Path(target)), $"{page} points to {link}, which does not exist");
            Assert.True(heading is null || Headings(target).Contains(heading), $"{page} points to {link}, a heading that does not exist");
        }
    }

    private static string Text(string page) => File.ReadAllText(Repository.Path(page));

    /// <summary>The anchors that GitHub makes of headings: lower case, no punctuation, hyphens for blanks.</summary>
    private static IEnumerable<string> Headings(string page) => Heading().Matches(Text(page))
        .Select(match => Punctuation().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"(?:^tsmap|^dotnet run [^\n]*TsMapSurvey\.Cli --|`tsmap) ([a-z][a-z-]*)([^\n`]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<= )--[a-z][a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex Punctuation();
}
