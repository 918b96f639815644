namespace TsMapSurvey.Events.Responses;

/// <summary>A position between two nodes of an axis: (1 - Fraction) of the lower node and Fraction of the upper one. Outside the nodes the
/// fraction is negative or above 1.</summary>
public readonly record struct AxisWeight(int Lower, int Upper, double Fraction)
{
    public double Between(double lower, double upper) => lower + (upper - lower) * Fraction;
}
