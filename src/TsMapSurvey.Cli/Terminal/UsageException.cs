namespace TsMapSurvey.Cli.Terminal;

/// <summary>A wrong command line: exit code 2, one line for each problem. Created only by <see cref="CliErrors"/>.</summary>
internal sealed class UsageException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
