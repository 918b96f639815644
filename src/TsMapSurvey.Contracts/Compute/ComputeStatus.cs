using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>The status of a job.</summary>
/// <param name="Blocks">Number of row blocks of the image; 0 until the datasets are read.</param>
/// <param name="BlocksDone">Number of row blocks whose maps are stored.</param>
/// <param name="Silos">Names of the silos that computed the finished blocks, sorted.</param>
/// <param name="Reason">Why the job failed; null otherwise.</param>
/// <param name="Warnings">The estimator's warnings about the maps; empty until the job is done.</param>
/// <param name="Blob">The maps as one FluxMaps FITS file; null until the job is done.</param>
/// <param name="Progress">From 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ComputeStatus")]
public sealed record ComputeStatus(
    [property: Id(0)] string Job,
    [property: Id(1)] ComputeState State,
    [property: Id(2)] int Blocks,
    [property: Id(3)] int BlocksDone,
    [property: Id(4)] ImmutableArray<string> Silos,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] string? Reason,
    [property: Id(7)] ImmutableArray<string> Warnings,
    [property: Id(8)] string? Blob,
    [property: Id(9)] double Progress);
