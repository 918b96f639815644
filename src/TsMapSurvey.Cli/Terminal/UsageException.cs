namespace TsMapSurvey.Cli.Terminal;

/// <summary>What the user asked for cannot be meant: exit 2, one line for each problem.</summary>
internal sealed class UsageException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public UsageException(string problem)
        : this([problem])
    {
    }

    public IReadOnlyList<string> Problems { get; } = problems;
}
