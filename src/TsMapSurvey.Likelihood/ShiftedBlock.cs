using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>A block for norms relative to the best norm.</summary>
/// <param name="entries">The entries with the ratios r / (1 + N r).</param>
/// <param name="sums">S1 ... S4 at the best norm.</param>
/// <param name="largest">The largest of the ratios; its inverse is the distance from the best norm down to the pole.</param>
public readonly ref struct ShiftedBlock<T>(CashBlock<T> entries, ReciprocalSums<T> sums, T largest)
    where T : struct, ILanes<T>
{
    public CashBlock<T> Entries { get; } = entries;

    public ReciprocalSums<T> Sums { get; } = sums;

    public T Largest { get; } = largest;
}
