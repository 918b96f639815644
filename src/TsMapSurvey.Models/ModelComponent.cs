namespace TsMapSurvey.Models;

/// <summary>One component of a model file: a source, a correction of the background, or a cube of predicted counts.</summary>
public abstract record ModelComponent
{
    public string Name { get; init; } = "tsmap";

    /// <summary>gammapy's datasets_names: the only datasets that the component is for; null for all.</summary>
    public IReadOnlyList<string>? DatasetNames { get; init; }

    /// <summary>
    /// What a model file says of parameters beside their value, by gammapy's unique name of the parameter (<c>spectral.index</c>,
    /// <c>spatial.lon_0</c>, <c>spectral.model1.norm</c>); null without a file.
    /// </summary>
    public IReadOnlyDictionary<string, ParameterNote>? Notes { get; init; }

    /// <summary>What a user should know of the file that the component is from, each a sentence that names it; null for nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Whether anything of it is in another file than the YAML.</summary>
    public abstract bool NeedsFiles { get; }
}
