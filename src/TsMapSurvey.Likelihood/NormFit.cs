namespace TsMapSurvey.Likelihood;

/// <summary>The best norm of one pixel.</summary>
/// <param name="Norm">N; NaN without exposure.</param>
/// <param name="Iterations">Evaluations of g; 0 where the bound is the answer.</param>
public readonly record struct NormFit(double Norm, int Iterations, FitStatus Status);
