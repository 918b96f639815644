namespace TsMapSurvey.Server.Settings;

internal static class SettingsCheck
{
    /// <exception cref="SettingsException">Every problem.</exception>
    public static void Throw(ServerSettings settings)
    {
        var problems = SettingsProblems.Of(settings).ToArray();
        if (problems.Length > 0) throw new SettingsException(problems);
    }
}
