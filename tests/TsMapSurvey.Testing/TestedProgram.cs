using System.Diagnostics;

namespace TsMapSurvey.Testing;

/// <summary>
/// How the tests start <c>tsmap</c>: as the program that TSMAP_TEST_PROGRAM names (<c>tests/run.sh</c> names the precompiled one of the
/// image, which starts in half the processor time), else as it was built with the tests.
/// </summary>
public static class TestedProgram
{
    private const string Variable = "TSMAP_TEST_PROGRAM";

    /// <summary>The program, and the arguments that come before all others.</summary>
    public static IReadOnlyList<string> Command { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } program
        ? [program] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "tsmap.dll")];

    /// <summary>A start with these arguments, whose output and errors can be read.</summary>
    public static ProcessStartInfo Start(IEnumerable<string> arguments) =>
        new(Command[0], [.. Command.Skip(1), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };

    /// <summary>Runs it to its end.</summary>
    public static ToolResult Run(
        IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null) =>
        Tools.Run(Command[0], [.. Command.Skip(1), .. arguments], folder: folder, environment: environment);
}
