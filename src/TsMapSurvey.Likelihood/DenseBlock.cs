using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// All entries inside the kernels of neighbouring pixels, with and without counts. Needed for norms below the bound and for the
/// sensitivity.
/// </summary>
public readonly ref struct DenseBlock<T>
    where T : struct, ILanes<T>
{
    /// <summary>b of each entry, the same for all lanes.</summary>
    public required ReadOnlySpan<double> Background { get; init; }

    /// <summary>m of each entry, for all lanes.</summary>
    public required ReadOnlySpan<double> Signal { get; init; }
}
