namespace TsMapSurvey.Contracts;

/// <summary>Keys of the form SURVEY/NAME. A survey's name has no slash; an observation's name may have several.</summary>
public static class GrainKeys
{
    public static string Of(string survey, string name) => $"{survey}/{name}";

    /// <exception cref="FormatException">The key has no slash.</exception>
    public static (string Survey, string Name) Split(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? (key[..slash], key[(slash + 1)..]) : throw new FormatException($"found the grain key '{key}', expected SURVEY/NAME");
    }
}
