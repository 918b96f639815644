using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// All entries under the kernels of neighbouring pixels, counted or not: what is needed below the bound of the norm, and for the
/// sensitivity.
/// </summary>
public readonly ref struct DenseBlock<T>
    where T : struct, ILanes<T>
{
    /// <summary>b of each entry, the same for all lanes.</summary>
    public required ReadOnlySpan<double> Background { get; init; }

    /// <summary>m of each entry, lane after lane.</summary>
    public required ReadOnlySpan<double> Signal { get; init; }
}
