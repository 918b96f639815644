namespace TsMapSurvey.Server.Settings;

/// <summary>
/// Settings from appsettings.json of the working folder, then the environment (TSMAP_Store__Url is Store:Url), then the command line: the
/// later one wins. A list is given item by item (Surveys:0 ...) or as one text.
/// </summary>
public static class SettingsReader
{
    public const string Prefix = "TSMAP_";

    /// <param name="commandLine">By key; what is null was not given.</param>
    /// <exception cref="SettingsException">Some value cannot be used; all problems are listed.</exception>
    public static ServerSettings Read(IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        try
        {
            return Read(new ConfigurationBuilder()
                .SetBasePath(Directory.GetCurrentDirectory())
                .AddJsonFile("appsettings.json", optional: true)
                .AddEnvironmentVariables(Prefix)
                .AddInMemoryCollection(commandLine.Where(pair => pair.Value is not null))
                .Build());
        }
        catch (InvalidDataException bad)
        {
            throw new SettingsException([$"appsettings.json: {bad.InnerException?.Message ?? bad.Message}"]);
        }
    }

    /// <inheritdoc cref="Read(IEnumerable{KeyValuePair{string, string?}})"/>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var (settings, problems) = (new ServerSettings(), new List<string>());
        foreach (var setting in Setting.All) settings = setting.Read(configuration, settings, problems);
        problems.AddRange(SettingsProblems.Of(settings));
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }
}
