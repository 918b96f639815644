namespace TsMapSurvey.Models.Yaml;

/// <summary>State of reading one component of a file.</summary>
/// <param name="Files">Finds the files that the component refers to.</param>
/// <param name="Links">The values of the link labels read so far in the file; new ones are added.</param>
internal sealed record ModelContext(ModelFiles Files, Dictionary<string, double> Links)
{
    /// <summary>Attributes that are not gammapy's default, by the parameter's unique name.</summary>
    public Dictionary<string, ParameterNote> Notes { get; } = new(StringComparer.Ordinal);

    public List<string> Warnings { get; } = [];
}
