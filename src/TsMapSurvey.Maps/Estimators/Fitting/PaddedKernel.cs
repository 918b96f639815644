namespace TsMapSurvey.Maps.Estimators.Fitting;

/// <summary>
/// A kernel laid out for neighbouring pixels computed side by side. An entry at column e is seen by the pixels x, x + 1, ... at the kernel
/// columns e - x + half, e - x + half - 1, ...: each row is stored from its last column to its first, so that these are consecutive, between
/// zeros for the pixels that do not reach the entry.
/// </summary>
internal sealed class PaddedKernel
{
    /// <summary>One less than the most pixels side by side.</summary>
    public const int Padding = 7;

    public PaddedKernel(double[] values, int size)
    {
        (Values, Size, Stride) = (values, size, size + 2 * Padding);
        Reversed = new double[size * Stride];
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
                Reversed[row * Stride + Padding + column] = values[row * size + size - 1 - column];
    }

    /// <summary>Pixels along a side; odd.</summary>
    public int Size { get; }

    public int Half => Size / 2;

    public int Stride { get; }

    /// <summary>The kernel as it is, row-major.</summary>
    public double[] Values { get; }

    public double[] Reversed { get; }

    /// <summary>Where, in a row of <see cref="Reversed"/>, the values start that the pixels from x on have of an entry at column 0; one less per column.</summary>
    public int StartOf(int x) => Padding + Half + x;
}
