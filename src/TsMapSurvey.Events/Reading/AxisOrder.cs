using TsMapSurvey.Events.Responses;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Events.Reading;

// The order of a column's axes. The formats order them by CREFn, "(ENERG_LO:ENERG_HI,THETA_LO:THETA_HI)", first axis fastest. Without it
// the lengths in TDIMn decide: the expected order, or the reversed one, or any other that fits. If several orders fit, the first of these
// is taken, as in gammapy (irf/background.py), with a warning unless it is the order of the format.
internal static class AxisOrder
{
    /// <summary>Reads the first row of a column in the expected order, first axis fastest.</summary>
    /// <param name="axes">The axes in the expected order, each with its column prefix.</param>
    public static double[] Read(PartTable table, FitsColumn column, double factor, List<string> warnings,
        params (string Prefix, ResponseAxis Axis)[] axes)
    {
        var values = table.FirstRow(column, factor);
        int[] lengths = [.. axes.Select(axis => axis.Axis.Count)];
        var expected = lengths.Aggregate(1L, (product, length) => product * length);
        if (values.Length != expected)
            throw EventsErrors.BadShape(table.Place, column.Name, $"{values.Length} values", $"{string.Join(" x ", lengths)} of the axes");
        var order = Named(table, column, axes) ?? ByLength(table, column, lengths, warnings);
        return order.SequenceEqual(Enumerable.Range(0, axes.Length)) ? values : Reordered(values, lengths, order);
    }

    /// <summary>For each axis of the file, fastest first, which expected axis it is; null without CREFn.</summary>
    private static int[]? Named(PartTable table, FitsColumn column, (string Prefix, ResponseAxis Axis)[] axes)
    {
        if ((table.Header.GetString($"CREF{column.Number}") ?? table.Header.GetString("CREF")) is not { } text) return null;
        string[] names = [.. text.Trim().Trim('(', ')').Split(',').Select(name => name.Split(':')[0].Trim().ToUpperInvariant())];
        int[] order = [.. names.Select(name => Array.FindIndex(axes, axis => name == $"{axis.Prefix}_LO" || name == axis.Prefix))];
        if (order.Length != axes.Length || order.Contains(-1) || order.Distinct().Count() != order.Length)
            throw EventsErrors.BadKeyword(table.Place, $"CREF{column.Number}", $"'{text}'",
                $"the axes {string.Join(", ", axes.Select(axis => $"{axis.Prefix}_LO:{axis.Prefix}_HI"))}");
        int[] found = [.. order.Select(axis => axes[axis].Axis.Count)];
        if (column.Dimensions is { } stored && !stored.Where(length => length != 1).SequenceEqual(found.Where(length => length != 1)))
            throw EventsErrors.BadShape(table.Place, column.Name, $"TDIM ({string.Join(',', stored)})",
                $"({string.Join(',', found)}) as CREF says");
        return order;
    }

    private static int[] ByLength(PartTable table, FitsColumn column, int[] lengths, List<string> warnings)
    {
        if (column.Dimensions is not { } stored) return [.. Enumerable.Range(0, lengths.Length)];
        bool Fits(int[] order) =>
            stored.Where(length => length != 1).SequenceEqual(order.Select(axis => lengths[axis]).Where(length => length != 1));
        int[] asExpected = [.. Enumerable.Range(0, lengths.Length)];
        int[][] candidates = [asExpected, [.. asExpected.Reverse()], .. Permutations(asExpected)];
        if (Array.Find(candidates, Fits) is not { } order)
            throw EventsErrors.BadShape(
                table.Place, column.Name, $"TDIM ({string.Join(',', stored)})", $"the lengths {string.Join(", ", lengths)} of the axes");
        if (order == asExpected && lengths.Length > 2 && lengths.Distinct().Count() == 1 && lengths[0] > 1)
            warnings.Add(
                $"{table.Place}, column {column.Name}: all axes have {lengths[0]} bins and there is no CREF, so the order of the axes "
                + "is ambiguous; the energy is taken as the first axis");
        return order;
    }

    private static double[] Reordered(double[] values, int[] lengths, int[] order)
    {
        var strides = new long[lengths.Length];
        for (long axis = 0, stride = 1; axis < lengths.Length; stride *= lengths[axis++]) strides[axis] = stride;
        var result = new double[values.Length];
        var index = new int[order.Length];
        for (var i = 0; i < values.Length; i++)
        {
            long at = 0;
            for (var axis = 0; axis < order.Length; axis++) at += index[axis] * strides[order[axis]];
            result[at] = values[i];
            for (var axis = 0; axis < order.Length && ++index[axis] == lengths[order[axis]]; axis++) index[axis] = 0;
        }

        return result;
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]), (first, rest) => (int[])[first, .. rest]);
}
