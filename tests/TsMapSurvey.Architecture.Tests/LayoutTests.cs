using System.Text.RegularExpressions;

namespace TsMapSurvey.Architecture.Tests;

public sealed partial class LayoutTests
{
    private static readonly string[] Visible =
    [
        "src", "infra", "tests", "bicep", "TsMapSurvey.sln", "Dockerfile", "README.md", "LICENSE", "global.json",
        "Directory.Build.props", "Directory.Packages.props",
    ];

    private const int MostWords = 200;

    /// <summary>What tests/run.sh itself needs is not its to install.</summary>
    private const string Prerequisite = "nodejs";

    [Fact]
    public void The_top_level_is_exactly_what_was_agreed()
    {
        var listed = Tools.Run(Tools.Need("git", "apt-get install git"), ["ls-files", "--cached", "--others", "--exclude-standard"]);
        Assert.Equal(0, listed.ExitCode);
        var entries = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(path => Path.Exists(Repository.Path(path)))
            .Select(path => path.Split('/')[0]).Where(entry => !entry.StartsWith('.')).ToHashSet();
        Offenders.None("top-level entries", entries.Except(Visible).Select(entry => $"{entry} does not belong there")
            .Concat(Visible.Except(entries).Select(entry => $"{entry} is missing")));
    }

    [Fact]
    public void The_map_of_the_sources_names_files_that_there_are() => Offenders.None("src/README.md names no file or folder", SourcePath()
        .Matches(File.ReadAllText(Repository.Path("src", "README.md"))).Select(match => match.Groups[1].Value)
        .Where(path => !Path.Exists(Repository.Path("src", $"TsMapSurvey.{path}"))));

    [Fact]
    public void Every_decision_is_short_and_listed_under_its_title()
    {
        var index = File.ReadAllText(Repository.Path("src", "decisions", "README.md"));
        var records = SourceFile.Under("src/decisions", ".md").Where(file => file.Name != "README.md").ToList();
        Offenders.None($"decisions that are not in the index, or longer than {MostWords} words", records
            .Where(file => !index.Contains(IndexLine(file), StringComparison.Ordinal)).Select(file => $"{file.Shown}: {IndexLine(file)}")
            .Concat(records.Select(file => (file.Shown, Words: file.Lines.Sum(line => Word().Count(line))))
                .Where(file => file.Words > MostWords).Select(file => $"{file.Shown}: {file.Words} words")));
        Assert.NotEmpty(records);
    }

    [Fact]
    public void The_internals_name_types_and_tests_that_there_are()
    {
        var types = SourceFile.Under("src", ".cs").Concat(SourceFile.Under("tests", ".cs"))
            .SelectMany(file => file.Types.Distinct().Select(type => (type, file))).ToLookup(item => item.type, item => item.file);
        bool Exists(Match name) => types.Contains(name.Groups["type"].Value) && (!name.Groups["member"].Success
            || types[name.Groups["type"].Value].Any(file => file.Lines.Any(line =>
                Regex.IsMatch(line, $@"\b{name.Groups["member"].Value}\b"))));
        var named = SourceFile.Under("src/internals", ".md").SelectMany(file => file.Lines
            .SelectMany(line => TypeName().Matches(line)).Select(name => (file.Shown, name))).ToList();
        Assert.NotEmpty(named);
        Offenders.None("no such type or test", named.Where(item => !Exists(item.name)).Select(item => $"{item.Shown}: {item.name.Value}"));
    }

    [Fact]
    public void Every_link_in_the_documents_of_the_sources_leads_to_a_file() => Offenders.None("links to nothing",
        SourceFile.Under("src", ".md").SelectMany(file => file.Lines.SelectMany(line => Link().Matches(line))
            .Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal)
                && !Path.Exists(Path.Combine(Path.GetDirectoryName(file.Path)!, link)))
            .Select(link => $"{file.Shown}: {link}")));

    [Fact]
    public void Every_shell_script_parses_and_stops_at_its_first_error()
    {
        var bash = Tools.Need("bash", "apt-get install bash");
        var scripts = SourceFile.Under("infra", ".sh").Concat(SourceFile.Under("tests", ".sh"))
            .Append(new SourceFile(Repository.Path(".ci", "run"))).ToList();
        Offenders.None("shell scripts", scripts.Where(file => Tools.Run(bash, ["-n", file.Path]).ExitCode != 0)
            .Select(file => $"{file.Shown} does not parse")
            .Concat(scripts.Where(file => !StopsAtErrors(file))
                .Select(file => $"{file.Shown} lacks set -euo pipefail (or set -eu of sh)")));
    }

    [Fact]
    public void Every_program_that_a_test_names_is_installed_by_run_sh()
    {
        var list = File.ReadAllLines(Repository.Path("tests", "run.sh"))
            .Single(line => line.StartsWith("debian=(", StringComparison.Ordinal));
        var installed = list["debian=(".Length..^1].Split(' ').Select(entry => entry.Split(':')[1]).Append(Prerequisite).ToHashSet();
        Offenders.None("not in the list \"debian\" of tests/run.sh", SourceFile.Under("tests", ".cs").SelectMany(file => file.Lines
            .SelectMany(line => Install().Matches(line)).Select(match => match.Groups[1].Value)
            .Where(package => !installed.Contains(package)).Select(package => $"{package}, named by {file.Shown}")));
    }

    /// <summary>The line of a record in the index: its first line is <c># 0001. Title</c>.</summary>
    private static string IndexLine(SourceFile record)
    {
        var title = record.Lines[0].Split(". ", 2);
        return $"- [{title[0][2..]}]({record.Name}) {title[^1]}";
    }

    private static bool StopsAtErrors(SourceFile file)
    {
        var option = file.Lines[0] == "#!/bin/sh" ? "set -eu" : "set -euo pipefail";
        return file.Lines.Take(10).Contains(option);
    }

    /// <summary>A project, without its prefix, and what is in it: `Grains/Tiles/`, `Surveys/Json/Fields.cs`.</summary>
    [GeneratedRegex("`((?:Fits|Sky|Likelihood|Tables|Maps|Events|Models|Estimators|Plots|Hips|Surveys|Simulation|Storage|Contracts|"
        + "Grains|Server|Cli)/[A-Za-z/.]*)")]
    private static partial Regex SourcePath();

    /// <summary>A code span that is the name of a type, or of a type and its member.</summary>
    [GeneratedRegex(@"`(?!TsMapSurvey\.)(?<type>[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+|I[A-Z][a-z]\w*)(?:\.(?<member>[A-Z]\w*))?`")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\S*\w\S*")]
    private static partial Regex Word();

    [GeneratedRegex(@"apt-get install ([a-z0-9.+-]+)")]
    private static partial Regex Install();
}
