namespace TsMapSurvey.Estimators.Fitting;

/// <summary>A pixel with counts and exposure.</summary>
/// <param name="Counts">n.</param>
/// <param name="Ratio">E / b, b at least the truncation of the Cash statistic.</param>
/// <param name="Least">That truncation over b.</param>
/// <param name="X">Its column.</param>
/// <param name="Start">Where its pattern's kernel starts among the layer's reversed kernels, less its column.</param>
internal readonly record struct CountedEntry(double Counts, double Ratio, double Least, int X, int Start)
{
    /// <summary>Entries with n = 1 ... Classes are gathered class by class.</summary>
    public const int Classes = 8;

    /// <summary>n - 1; Classes for any other n.</summary>
    public int Class { get; } = Counts is >= 1 and <= Classes && Counts == Math.Floor(Counts) ? (int)Counts - 1 : Classes;
}
