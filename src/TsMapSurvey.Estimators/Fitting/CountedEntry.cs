namespace TsMapSurvey.Estimators.Fitting;

/// <summary>A pixel with counts and exposure.</summary>
/// <param name="Counts">n.</param>
/// <param name="Ratio">E / b, with b at least the truncation of the Cash statistic.</param>
/// <param name="Least">The truncation divided by b.</param>
/// <param name="Start">Start of its pattern's kernel among the layer's reversed kernels, minus the column.</param>
internal readonly record struct CountedEntry(double Counts, double Ratio, double Least, int X, int Start)
{
    /// <summary>Entries with n = 1 ... Classes are gathered in one class for each n.</summary>
    public const int Classes = 8;

    /// <summary>n - 1; Classes for any other n.</summary>
    public int Class { get; } = Counts is >= 1 and <= Classes && Counts == Math.Floor(Counts) ? (int)Counts - 1 : Classes;
}
