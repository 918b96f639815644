namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// The kernels of a layer, one for each pattern, laid out for neighbouring pixels computed side by side. An entry at column e is seen by
/// the pixels x, x + 1, ... at the kernel columns e - x + half, e - x + half - 1, ...: each row is stored from its last column to its
/// first, so that these are consecutive, between zeros for the pixels that do not reach the entry.
/// </summary>
internal sealed class PaddedKernels
{
    /// <summary>One less than the most pixels side by side.</summary>
    public const int Padding = 7;

    /// <param name="values">Row-major, all of size x size.</param>
    public PaddedKernels(IReadOnlyList<double[]> values, int size)
    {
        (Values, Size, Stride, Length) = (values, size, size + 2 * Padding, size * (size + 2 * Padding));
        (Reversed, LargestOfRow) = (new double[values.Count * Length], new double[size]);
        for (var pattern = 0; pattern < values.Count; pattern++)
            for (var row = 0; row < size; row++)
                for (var column = 0; column < size; column++)
                    LargestOfRow[row] = Math.Max(LargestOfRow[row],
                        Reversed[pattern * Length + row * Stride + Padding + column] = values[pattern][row * size + size - 1 - column]);
    }

    /// <summary>Pixels along a side; odd.</summary>
    public int Size { get; }

    public int Half => Size / 2;

    /// <summary>From a row of <see cref="Reversed"/> to the next.</summary>
    public int Stride { get; }

    /// <summary>From a kernel of <see cref="Reversed"/> to the next.</summary>
    public int Length { get; }

    /// <summary>The kernels as they are, by pattern.</summary>
    public IReadOnlyList<double[]> Values { get; }

    public double[] Reversed { get; }

    /// <summary>The largest value of each kernel row, in any pattern.</summary>
    public double[] LargestOfRow { get; }

    /// <summary>Where, in a row, the values start that the pixels from x on have of an entry at column 0; one less per column.</summary>
    public int StartOf(int x) => Padding + Half + x;
}
