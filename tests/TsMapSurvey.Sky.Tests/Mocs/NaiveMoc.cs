namespace TsMapSurvey.Sky.Tests.Mocs;

/// <summary>A region as one flag for each cell of an order: the reference of the set algebra.</summary>
internal sealed record NaiveMoc(int Order, bool[] Flags)
{
    internal const int MaxOrder = 3;

    /// <summary>Unions of cells of the orders 0 to <see cref="MaxOrder"/>; the empty region and the whole sky among them.</summary>
    internal static readonly Gen<HealpixCell[]> GenCells = Gen.Select(Gen.Int[0, MaxOrder], Gen.Double[0, 1])
        .Select((order, fraction) => (Order: order, Count: HealpixCell.Count(order), Fraction: fraction))
        .Select(drawn => new HealpixCell(drawn.Order, Math.Min(drawn.Count - 1, (long)(drawn.Fraction * drawn.Count))))
        .Array[0, 40];

    public static NaiveMoc Of(IEnumerable<HealpixCell> cells)
    {
        var flags = new bool[HealpixCell.Count(MaxOrder)];
        foreach (var cell in cells)
        {
            var width = 1 << (2 * (MaxOrder - cell.Order));
            Array.Fill(flags, true, (int)cell.Index * width, width);
        }

        return new NaiveMoc(MaxOrder, flags);
    }

    public static NaiveMoc Of(Moc moc) => new(MaxOrder,
        [.. Enumerable.Range(0, (int)HealpixCell.Count(MaxOrder)).Select(index => moc.Contains(new HealpixCell(MaxOrder, index)))]);

    public NaiveMoc With(NaiveMoc other, Func<bool, bool, bool> combine) => this with { Flags = [.. Flags.Zip(other.Flags, combine)] };

    public NaiveMoc Degraded(int order)
    {
        var width = 1 << (2 * (Order - order));
        return this with { Flags = [.. Flags.Select((_, i) => Flags.AsSpan(i / width * width, width).Contains(true))] };
    }
}
