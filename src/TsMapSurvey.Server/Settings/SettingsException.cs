namespace TsMapSurvey.Server.Settings;

/// <summary>
/// The settings are invalid, so the server cannot start. Lists all problems, each with the setting, what was found and what was expected.
/// </summary>
public sealed class SettingsException : Exception
{
    internal SettingsException(IReadOnlyList<string> problems)
        : base(string.Join("; ", problems)) => Problems = problems;

    /// <summary>At least one.</summary>
    public IReadOnlyList<string> Problems { get; }
}
