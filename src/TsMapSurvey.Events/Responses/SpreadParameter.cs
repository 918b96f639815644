namespace TsMapSurvey.Events.Responses;

/// <summary>A parameter of an analytic point spread function by true energy (which runs fastest) and offset.</summary>
internal readonly record struct SpreadParameter(int Energies, double[] Values)
{
    /// <summary>Linear in the logarithm of the energy and in the offset, extrapolated outside the axes, never negative.</summary>
    public double At(AxisWeight energy, AxisWeight offset)
    {
        var (lower, upper) = (offset.Lower * Energies, offset.Upper * Energies);
        var value = offset.Between(
            energy.Between(Values[lower + energy.Lower], Values[lower + energy.Upper]),
            energy.Between(Values[upper + energy.Lower], Values[upper + energy.Upper]));
        return double.IsNaN(value) ? value : Math.Max(0, value);
    }
}
