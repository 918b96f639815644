namespace TsMapSurvey.Architecture.Tests;

/// <summary>A rule over many files or types: it fails with every offender, not with the first.</summary>
internal static class Offenders
{
    public static void None(string rule, IEnumerable<string> offenders)
    {
        var found = offenders.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(found.Count == 0, $"{rule}: {found.Count} offender(s)\n  {string.Join("\n  ", found)}");
    }
}
