using System.Text.RegularExpressions;

namespace TsMapSurvey.Architecture.Tests;

/// <summary>What <c>tsmap serve</c> of this build understands.</summary>
internal static partial class Serve
{
    public static Lazy<IReadOnlySet<string>> Options { get; } = new(() =>
    {
        var help =
            Tools.Run(Tools.Need("dotnet", "the .NET SDK"), [Path.Combine(AppContext.BaseDirectory, "tsmap.dll"), "serve", "--help"]);
        Assert.True(help.ExitCode == 0, help.Error);
        return Option().Matches(help.Output).Select(match => match.Value).ToHashSet();
    });

    /// <summary>The options in a text that <c>serve</c> does not have.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> arguments) =>
        arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).Except(Options.Value);

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();
}
