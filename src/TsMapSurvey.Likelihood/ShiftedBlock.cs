using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>A block whose norm is counted from its best norm on, with what is known there.</summary>
/// <param name="entries">With the ratios r / (1 + N r).</param>
/// <param name="sums">S1 ... S4 at the best norm.</param>
/// <param name="largest">The largest of the ratios; its inverse is the distance down to the pole.</param>
public readonly ref struct ShiftedBlock<T>(CashBlock<T> entries, ReciprocalSums<T> sums, T largest)
    where T : struct, ILanes<T>
{
    public CashBlock<T> Entries { get; } = entries;

    public ReciprocalSums<T> Sums { get; } = sums;

    public T Largest { get; } = largest;
}
