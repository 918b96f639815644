namespace TsMapSurvey.Cli.Terminal;

internal static class YesNo
{
    /// <summary>true, yes, on, 1 or false, no, off, 0 in any case; null for anything else.</summary>
    public static bool? Parse(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => null,
    };
}
