namespace TsMapSurvey.Server.Settings;

/// <summary>What can be wrong with how much a client may take.</summary>
internal static class LimitProblems
{
    private const int MostOfAnything = 100_000;

    public static IEnumerable<string> Of(ServerSettings settings)
    {
        foreach (var (name, number) in new[]
                 {
                     ("Limits:Connections", settings.MostConnections), ("Limits:Streams", settings.MostStreams), ("Limits:StreamsPerClient", settings.MostStreamsPerClient),
                 })
            if (number is < 1 or > MostOfAnything) yield return SettingsProblems.Wrong(name, $"{number}", $"1 to {MostOfAnything}");
        foreach (var (name, time) in new[] { ("Limits:HeadersTimeout", settings.HeadersTimeout), ("Limits:IdleTimeout", settings.IdleTimeout) })
            if (time < TimeSpan.FromSeconds(1) || time > TimeSpan.FromHours(1)) yield return SettingsProblems.Wrong(name, $"{time}", "a time from 00:00:01 to one hour");
    }
}
