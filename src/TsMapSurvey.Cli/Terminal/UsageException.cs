namespace TsMapSurvey.Cli.Terminal;

/// <summary>What the user asked for cannot be meant: exit 2, one line for each problem. Made only by <see cref="CliErrors"/>.</summary>
internal sealed class UsageException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
