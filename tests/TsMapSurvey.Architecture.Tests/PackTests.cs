using System.Text.Json;

namespace TsMapSurvey.Architecture.Tests;

/// <summary>What "dotnet pack src/TsMapSurvey.Cli" would make, from the project's properties.</summary>
[Trait("Pace", "slow")]
public sealed class PackTests
{
    private static readonly string[] Platforms =
        ["linux-x64", "linux-arm64", "linux-musl-x64", "osx-x64", "osx-arm64", "win-x64", "win-arm64"];

    [Fact]
    public void The_tool_is_packed_for_each_platform_alone_and_needs_the_runtime_that_is_there()
    {
        var packed = Properties();
        Assert.Equal(("tsmap", "tsmap", "true"), (packed["PackageId"], packed["ToolCommandName"], packed["PackAsTool"]));
        Assert.Equal(Platforms, packed["ToolPackageRuntimeIdentifiers"].Split(';'));
        Assert.Equal(Platforms, packed["RuntimeIdentifiers"].Split(';'));
        Assert.Equal(("false", "false"), (packed["SelfContained"], packed["UseAppHost"]));
        // What is built to be run here is of no platform.
        Assert.Equal("", Properties("-p:_IsPacking=false")["RuntimeIdentifiers"]);
    }

    [Fact]
    public void The_version_counts_commits_up_unless_a_build_gives_its_number()
    {
        var git = Tools.Find("git") is { } path ? Tools.Run(path, ["rev-list", "--count", "HEAD"]) : null;
        var commits = git is { ExitCode: 0 } ? git.Output.Trim() : "0";
        Assert.Equal($"0.1.{commits}", Properties()["PackageVersion"]);
        Assert.Equal(
            ("0.1.4711", "0.1.4711"), (Properties("-p:BuildNumber=4711")["PackageVersion"], Properties("-p:BuildNumber=4711")["Version"]));
    }

    [Fact]
    public void Without_a_repository_the_tool_can_be_packed_too() =>
        Assert.Equal("0.1.0", Properties(new Dictionary<string, string> { ["GIT_DIR"] = "/nowhere" })["PackageVersion"]);

    private static Dictionary<string, string> Properties(params string[] arguments) =>
        Properties(new Dictionary<string, string>(), arguments);

    private static Dictionary<string, string> Properties(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string[] asked =
        [
            "PackageId", "PackAsTool", "ToolCommandName", "ToolPackageRuntimeIdentifiers", "RuntimeIdentifiers", "SelfContained",
            "UseAppHost", "PackageVersion", "Version",
        ];
        var result = Tools.Run(
            Tools.Need("dotnet", "the .NET SDK"),
            ["msbuild", Path.Combine(Repository.Root, "src", "TsMapSurvey.Cli"), "-t:NumberPackage", "-p:_IsPacking=true",
                $"-getProperty:{string.Join(',', asked)}", .. arguments],
            environment: environment);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.GetProperty("Properties").EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value.GetString()!);
    }
}
