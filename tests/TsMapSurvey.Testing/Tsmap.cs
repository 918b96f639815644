using Xunit;

namespace TsMapSurvey.Testing;

/// <summary>The command line as its users have it: a process of its own.</summary>
public static class Tsmap
{
    public static ToolResult Run(params string[] arguments) => RunIn(null, arguments);

    public static ToolResult RunIn(string? folder, params string[] arguments) => TestedProgram.Run(arguments, folder);

    /// <summary>With a variable of the environment.</summary>
    public static ToolResult RunWith(string variable, params string[] arguments) =>
        Tools.Run("env", [variable, .. TestedProgram.Command, .. arguments], 300);

    /// <summary>What it said, whatever width its lines were broken at.</summary>
    public static string Words(string output) => string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs it and expects it to succeed.</summary>
    public static string Do(params string[] arguments)
    {
        var result = Run(arguments);
        Assert.True(result.ExitCode == 0, $"tsmap {string.Join(' ', arguments)}: {result.ExitCode}\n{result.Output}{result.Error}");
        return result.Output;
    }
}
