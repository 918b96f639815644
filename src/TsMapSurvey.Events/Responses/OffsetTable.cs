using System.Numerics;

namespace TsMapSurvey.Events.Responses;

/// <summary>Cells that depend on the offset alone: for each node of the offset axis a row of values.</summary>
/// <param name="Offset">Degrees.</param>
/// <param name="Cells">Values in a row.</param>
/// <param name="Values">Row after row.</param>
internal sealed record OffsetTable(ResponseAxis Offset, int Cells, double[] Values)
{
    /// <summary>See <see cref="OffsetFunction"/>.</summary>
    public void At(double offsetDeg, Span<double> destination)
    {
        if (!Offset.Contains(offsetDeg))
        {
            destination.Clear();
            return;
        }

        var weight = Offset.At(offsetDeg);
        var lower = Values.AsSpan(weight.Lower * Cells, Cells);
        var upper = Values.AsSpan(weight.Upper * Cells, Cells);
        Between(lower, upper, weight.Fraction, destination);
    }

    // low + (high - low) fraction, or 0 if that is not a positive number.
    private static void Between(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double fraction, Span<double> destination)
    {
        var i = 0;
        for (; i <= destination.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var low = new Vector<double>(lower[i..]);
            var value = low + (new Vector<double>(upper[i..]) - low) * fraction;
            var isValid = Vector.GreaterThan(value, Vector<double>.Zero) & Vector.LessThan(value,
                new Vector<double>(double.PositiveInfinity));
            Vector.ConditionalSelect(isValid, value, Vector<double>.Zero).CopyTo(destination[i..]);
        }

        for (; i < destination.Length; i++) destination[i] = Valid(lower[i] + (upper[i] - lower[i]) * fraction);
    }

    /// <summary>Extrapolated values may be negative, and tables may contain NaN; both count as no response.</summary>
    public static double Valid(double value) => value > 0 && double.IsFinite(value) ? value : 0;
}
