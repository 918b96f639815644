namespace TsMapSurvey.Server.Settings;

/// <summary>
/// Reads settings from appsettings.json of the working folder, the environment (TSMAP_Store__Url is Store:Url) and the command line; later
/// sources override earlier ones. A list is given as separate items (Surveys:0 ...) or as one text.
/// </summary>
public static class SettingsReader
{
    public const string Prefix = "TSMAP_";

    /// <param name="commandLine">By key; null values are not set.</param>
    /// <exception cref="SettingsException">A value is invalid; all problems are listed.</exception>
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
        catch (InvalidDataException exception)
        {
            throw new SettingsException([$"appsettings.json: {exception.InnerException?.Message ?? exception.Message}"]);
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
