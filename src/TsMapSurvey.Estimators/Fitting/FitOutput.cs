namespace TsMapSurvey.Estimators.Fitting;

/// <summary>Where the fits of one output energy bin write.</summary>
/// <param name="Bin">Its number.</param>
/// <param name="Dnde">The differential flux of norm 1 at the bin's reference energy, in cm-2 s-1 TeV-1.</param>
internal sealed record FitOutput(TsMapPlanes Planes, int Bin, double Dnde)
{
    /// <summary>The bin's first pixel in a quantity of one plane a bin.</summary>
    public int Start => Bin * Planes.Area;
}
