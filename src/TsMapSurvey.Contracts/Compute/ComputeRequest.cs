using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>Requests the maps of datasets, which are uploaded afterwards.</summary>
/// <param name="Map">The estimator's options: one map object of survey.json. The default kernel width is what PSF and source need.</param>
/// <param name="Datasets">Names of the datasets, for messages. Several datasets make one joint estimate.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ComputeRequest")]
public sealed record ComputeRequest([property: Id(0)] string Map, [property: Id(1)] ImmutableArray<string> Datasets)
{
    public const int MaxDatasets = 1000;

    public const int MaxNameLength = 250;
}
