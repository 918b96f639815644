namespace TsMapSurvey.Cli.Terminal;

internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command failed; stderr has one line that says what, where, and what to do.</summary>
    public const int Failed = 1;

    /// <summary>A wrong option, unit, setting or survey definition.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells report it.</summary>
    public const int Stopped = 130;
}
