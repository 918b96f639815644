using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TsMapSurvey.Architecture.Tests;

public sealed class ProjectTests
{
    private static readonly string[] Alone = ["Fits", "Sky", "Likelihood"];

    private static readonly string[] Science = [.. Alone, "Tables", "Maps", "Events", "Models", "Estimators", "Surveys", "Simulation",
        "Hips"];

    /// <summary>Who must know whom, and who else may (src/README.md draws it).</summary>
    private static readonly Dictionary<string, (string[] Must, string[] May)> Table = new()
    {
        ["Fits"] = ([], []),
        ["Sky"] = ([], []),
        ["Likelihood"] = ([], []),
        ["Tables"] = (["Fits"], []),
        ["Maps"] = (["Fits", "Sky"], []),
        ["Events"] = (["Maps"], []),
        ["Models"] = (["Maps"], []),
        ["Estimators"] = (["Models", "Likelihood", "Tables"], []),
        ["Surveys"] = (["Estimators", "Events"], []),
        ["Simulation"] = (["Surveys"], []),
        ["Storage"] = ([], []),
        ["Contracts"] = ([], []),
        ["Plots"] = (["Estimators"], []),
        ["Hips"] = (["Plots"], []),
        ["Grains"] = (["Contracts", "Storage", "Surveys"], []),
        ["Server"] = (["Grains", "Hips"], ["Plots", "Storage", "Contracts", "Surveys"]),
        ["Cli"] = (["Server", "Simulation", "Plots"], ["Estimators", "Surveys", "Storage"]),
    };

    [Fact]
    public void A_project_knows_exactly_the_projects_that_the_table_allows() => Offenders.None("project references", ReferenceOffenders());

    [Fact]
    public void Fits_Sky_and_Likelihood_can_be_taken_away_alone() =>
        Offenders.None("no packages, no frameworks", ProjectFile.Under("src").Where(project => Alone.Contains(project.Name))
            .SelectMany(project => Outside(project).Select(name => $"{project.Name}: {name}")));

    [Fact]
    public void Science_projects_restore_neither_actors_nor_web_nor_logging() =>
        Offenders.None("packages of science projects", ProjectFile.Under("src").Where(project => Science.Contains(project.Name))
            .SelectMany(project => Outside(project).Where(IsHosting).Select(name => $"{project.Name}: {name}")));

    [Fact]
    public void Contracts_restore_only_the_Orleans_Sdk() =>
        Assert.Equal(["Microsoft.Orleans.Sdk"], Outside(ProjectFile.Under("src").Single(project => project.Name == "Contracts")));

    [Fact]
    public void Every_package_version_is_central_and_exact()
    {
        string[] attributes = ["Version", "VersionOverride"];
        var local = ProjectFile.Under("src").Concat(ProjectFile.Under("tests")).SelectMany(project =>
            project.Xml.Descendants("PackageReference")
                .Where(item => attributes.Any(name => item.Attribute(name) is not null || item.Element(name) is not null))
                .Select(item => $"{project.Name}: {(string?)item.Attribute("Include")} has a version of its own"));
        var central = XElement.Load(Repository.Path("Directory.Packages.props"));
        var loose = central.Descendants("PackageVersion")
            .Where(item => !Regex.IsMatch((string?)item.Attribute("Version") ?? "", @"^\d+(\.\d+)+(-[\w.]+)?$"))
            .Select(item => $"Directory.Packages.props: {(string?)item.Attribute("Include")} is not pinned to one version");
        Offenders.None("package versions", local.Concat(loose));
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = File.ReadAllText(Repository.Path("TsMapSurvey.sln")).Replace('\\', '/');
        Offenders.None("projects missing in TsMapSurvey.sln", ProjectFile.Under("src").Concat(ProjectFile.Under("tests"))
            .Select(project => Path.GetRelativePath(Repository.Root, project.File).Replace('\\', '/'))
            .Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_project_of_src_has_a_line_in_the_map()
    {
        var map = Repository.Path("src", "README.md");
        var lines = File.Exists(map) ? File.ReadAllLines(map) : [];
        Offenders.None("no line of src/README.md begins with", ProjectFile.Under("src").Select(project => project.Name)
            .Where(name => !lines.Any(line => Regex.IsMatch(line, $@"^\W*(TsMapSurvey\.)?{name}\b.*\w"))));
    }

    private static IEnumerable<string> ReferenceOffenders()
    {
        var projects = ProjectFile.Under("src");
        foreach (var unknown in projects.Where(project => !Table.ContainsKey(project.Name)))
            yield return $"{unknown.Name} is not in the table";
        foreach (var (name, (must, may)) in Table)
        {
            if (projects.SingleOrDefault(project => project.Name == name) is not { } project)
            {
                yield return $"{name} is in the table, but src has no such project";
                continue;
            }

            foreach (var missing in must.Except(project.References)) yield return $"{name} has no reference to {missing}";
            foreach (var extra in project.References.Except(must).Except(may)) yield return $"{name} must not refer to {extra}";
        }
    }

    private static List<string> Outside(ProjectFile project) =>
        [.. project.Packages, .. project.Frameworks, .. project.Sdk == "Microsoft.NET.Sdk" ? Array.Empty<string>() : [project.Sdk]];

    private static bool IsHosting(string name) =>
        name.Contains("Orleans", StringComparison.Ordinal) || name.Contains("AspNetCore", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name == "Microsoft.NET.Sdk.Web";
}
