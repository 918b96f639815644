using System.Text.RegularExpressions;

namespace TsMapSurvey.Architecture.Tests;

public sealed partial class LayoutTests
{
    private static readonly string[] Visible =
    [
        "src", "infra", "tests", "bicep", "TsMapSurvey.sln", "Dockerfile", "README.md", "LICENSE", "global.json",
        "Directory.Build.props", "Directory.Packages.props",
    ];

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

    private static bool StopsAtErrors(SourceFile file)
    {
        var option = file.Lines[0] == "#!/bin/sh" ? "set -eu" : "set -euo pipefail";
        return file.Lines.Take(10).Contains(option);
    }

    /// <summary>A project, without its prefix, and what is in it: `Grains/Tiles/`, `Surveys/Json/Fields.cs`.</summary>
    [GeneratedRegex("`((?:Fits|Sky|Likelihood|Tables|Maps|Models|Estimators|Plots|Surveys|Simulation|Storage|Contracts|Grains|Server|Cli)"
        + "/[A-Za-z/.]*)")]
    private static partial Regex SourcePath();

    [GeneratedRegex(@"apt-get install ([a-z0-9.+-]+)")]
    private static partial Regex Install();
}
