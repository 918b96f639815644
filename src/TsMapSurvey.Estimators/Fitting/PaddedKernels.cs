namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// The kernels of a layer, one for each pattern, arranged for computing neighbouring pixels together. An entry at column e has the kernel
/// columns e - x + half, e - x + half - 1, ... for the pixels x, x + 1, ...: each row is stored in reverse, so that these are consecutive,
/// and padded with zeros for the pixels whose kernels do not reach the entry.
/// </summary>
internal sealed class PaddedKernels
{
    /// <summary>The largest number of lanes minus one.</summary>
    public const int Padding = 7;

    /// <param name="values">Row-major, size x size pixels each.</param>
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

    /// <summary>Distance from a row of <see cref="Reversed"/> to the next.</summary>
    public int Stride { get; }

    /// <summary>Distance from a kernel of <see cref="Reversed"/> to the next.</summary>
    public int Length { get; }

    public IReadOnlyList<double[]> Values { get; }

    public double[] Reversed { get; }

    /// <summary>The largest value of each kernel row over all patterns.</summary>
    public double[] LargestOfRow { get; }

    /// <summary>Start, in a row, of the values for the pixels from x on and an entry at column 0; it decreases by one per column.</summary>
    public int StartOf(int x) => Padding + Half + x;
}
