namespace TsMapSurvey.Estimators.Fitting;

/// <summary>The destination of the fits of one output energy bin.</summary>
/// <param name="Dnde">The differential flux of norm 1 at the bin's reference energy, in cm-2 s-1 TeV-1.</param>
internal sealed record FitOutput(TsMapPlanes Planes, int Bin, double Dnde)
{
    /// <summary>Index of the bin's first pixel in a quantity with one plane per bin.</summary>
    public int Start => Bin * Planes.Area;
}
