namespace TsMapSurvey.Server.Settings;

/// <summary>
/// A server that cannot start as it was told to: every problem at once, each with the setting, what was found and what was expected.
/// </summary>
public sealed class SettingsException : Exception
{
    internal SettingsException(IReadOnlyList<string> problems)
        : base(string.Join("; ", problems)) => Problems = problems;

    /// <summary>One or more.</summary>
    public IReadOnlyList<string> Problems { get; }
}
