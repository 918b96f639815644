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
        for (var i = 0; i < destination.Length; i++) destination[i] = Valid(weight.Between(lower[i], upper[i]));
    }

    /// <summary>Extrapolated values may be negative, and tables may contain NaN; both count as no response.</summary>
    public static double Valid(double value) => value > 0 && double.IsFinite(value) ? value : 0;
}
