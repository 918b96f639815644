using System.Reflection;

namespace TsMapSurvey.Architecture.Tests;

/// <summary>The Bicep compiler that the restore of this project downloaded (a program for Linux on x64).</summary>
internal static class BicepCompiler
{
    private static readonly Dictionary<string, string> Environment = new() { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" };

    public static ToolResult Run(params string[] arguments) => RunIn(Repository.Root, arguments);

    public static ToolResult RunIn(string folder, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux()
            && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "the Bicep compiler is restored for Linux on x64 only");
        var program = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == "BicepProgram").Value!;
        Assert.True(File.Exists(program), $"{program} was not restored");
        return Tools.Run(program, arguments, folder: folder, environment: Environment);
    }
}
