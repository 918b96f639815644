namespace TsMapSurvey.Models.Yaml;

/// <summary>What is gathered while one component of a file is read.</summary>
/// <param name="Files">Where other files are.</param>
/// <param name="Links">The values of the labels met so far in the file; added to.</param>
internal sealed record ModelContext(ModelFiles Files, Dictionary<string, double> Links)
{
    /// <summary>What is said of parameters beside their values and is not gammapy's default.</summary>
    public Dictionary<string, ParameterNote> Notes { get; } = new(StringComparer.Ordinal);

    public List<string> Warnings { get; } = [];
}
