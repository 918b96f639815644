using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>A wish for the maps of some datasets, which are uploaded afterwards.</summary>
/// <param name="Map">The estimator's options: one map as it stands in survey.json; without a kernel width, as wide as PSF and source
/// need.</param>
/// <param name="Datasets">Their names, for messages. Several are one joint estimate.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ComputeRequest")]
public sealed record ComputeRequest([property: Id(0)] string Map, [property: Id(1)] ImmutableArray<string> Datasets)
{
    public const int MostDatasets = 1000;

    public const int LongestName = 250;
}
