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

    [Theory]
    [InlineData(null, "linux-arm64", "")]
    [InlineData("linux-arm64", "linux-arm64", "true")]
    [InlineData("linux-arm64;osx-arm64", "osx-arm64", "true")]
    [InlineData("linux-arm64", "linux-x64", "")]
    [InlineData("none", "linux-x64", "")]
    public void Only_the_packages_of_the_named_platforms_are_precompiled(string? named, string platform, string expected)
    {
        string[] platforms =
            named is null ? ["-p:NETCoreSdkPortableRuntimeIdentifier=linux-x64"] : [$"-p:PrecompiledPlatforms=\"{named}\""];
        Assert.Equal(expected, Properties([$"-p:RuntimeIdentifier={platform}", .. platforms])["PublishReadyToRun"]);
    }

    [Fact]
    public void The_package_of_the_packing_machine_is_precompiled()
    {
        var packed = Properties();
        Assert.Equal(packed["NETCoreSdkPortableRuntimeIdentifier"], packed["PrecompiledPlatforms"]);
        Assert.Equal("true", Properties($"-p:RuntimeIdentifier={packed["PrecompiledPlatforms"]}")["PublishReadyToRun"]);
        Assert.Contains("-p:PublishReadyToRun=true", File.ReadAllText(Repository.Path("Dockerfile")), StringComparison.Ordinal);
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
            "UseAppHost", "PackageVersion", "Version", "PublishReadyToRun", "PrecompiledPlatforms", "NETCoreSdkPortableRuntimeIdentifier",
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
