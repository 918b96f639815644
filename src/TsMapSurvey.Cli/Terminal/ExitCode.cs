namespace TsMapSurvey.Cli.Terminal;

/// <summary>What the process says to its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It could not be done; stderr has one line: what, where, what to do.</summary>
    public const int Failed = 1;

    /// <summary>A wrong option, unit or survey definition.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Stopped = 130;
}
