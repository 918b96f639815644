namespace TsMapSurvey.Models;

/// <summary>One component of a model file: a source, a correction of the background, or a cube of predicted counts.</summary>
public abstract record ModelComponent
{
    public string Name { get; init; } = "tsmap";

    /// <summary>gammapy's datasets_names: the datasets that the component applies to; null for all.</summary>
    public IReadOnlyList<string>? DatasetNames { get; init; }

    /// <summary>
    /// Attributes of parameters other than their value, by the parameter's unique name in gammapy (<c>spectral.index</c>,
    /// <c>spatial.lon_0</c>, <c>spectral.model1.norm</c>); null if the file has none.
    /// </summary>
    public IReadOnlyDictionary<string, ParameterNote>? Notes { get; init; }

    /// <summary>Warnings about the component's file, each a sentence that names the file; null for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Whether the component needs files other than its YAML.</summary>
    public abstract bool NeedsFiles { get; }
}
