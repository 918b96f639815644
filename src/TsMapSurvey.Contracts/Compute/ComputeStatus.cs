using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>How a job stands.</summary>
/// <param name="Blocks">Row blocks of the image; 0 until the datasets are read.</param>
/// <param name="BlocksDone">Those whose maps are there.</param>
/// <param name="Silos">That computed the blocks done so far, in order of their names.</param>
/// <param name="Reason">Of a failure.</param>
/// <param name="Warnings">What a user should know of the maps; of a job that is done.</param>
/// <param name="Blob">The maps as one FluxMaps FITS file; of a job that is done.</param>
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
