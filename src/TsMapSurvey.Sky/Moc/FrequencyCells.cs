namespace TsMapSurvey.Sky;

/// <summary>
/// Consecutive cells of frequency of one order, as in frequency MOCs and HiPS cubes: from 1e-18 to 1e38 Hz, all cells of an order have the
/// same logarithmic width, and each has two children.
/// </summary>
/// <param name="Order">0 to <see cref="DeepestOrder"/>; there are 2^(order + 1) cells of it.</param>
/// <param name="First">The first cell.</param>
/// <param name="End">One past the last cell.</param>
/// <remarks>
/// IVOA HiPS 2.0, "Frequency discretization": at order 51 the index is floor((log10(frequency / Hz) + 18) / 56 * 2^52), and each lower
/// order drops one bit. So a cell of order 8 has 56 / 2^9 = 0.109375 decades. The draft's formula for the width of a cell, 56 / 2^order
/// decades, contradicts its index by a factor of two; the index is what programs compute.
/// </remarks>
public readonly record struct FrequencyCells(int Order, long First, long End)
{
    public const int DeepestOrder = 51;

    private const double LowestDecade = -18;
    private const double Decades = 56;

    public long Count => End - First;

    /// <summary>The lower edge of a cell in Hz; the upper edge is that of the next one.</summary>
    public static double EdgeHz(int order, double index) => Math.Pow(10, LowestDecade + index * DecadesPerCell(order));

    /// <summary>The place of a frequency in units of cells: the integer part is the cell's index.</summary>
    /// <param name="hz">Above 0. From 1e-18 to 1e38 there are cells.</param>
    public static double PlaceOf(int order, double hz) => (Math.Log10(hz) - LowestDecade) / DecadesPerCell(order);

    /// <summary>The logarithmic width of a cell in decades.</summary>
    public static double DecadesPerCell(int order) => Decades / (1L << (order + 1));

    /// <summary>The number of cells of an order.</summary>
    public static long CountOf(int order) => 1L << (order + 1);

    /// <summary>The cells of an order that these ones are in, or the descendants of these ones.</summary>
    public FrequencyCells At(int order) => order >= Order
        ? new FrequencyCells(order, First << (order - Order), End << (order - Order))
        : new FrequencyCells(order, First >> (Order - order), ((End - 1) >> (Order - order)) + 1);
}
