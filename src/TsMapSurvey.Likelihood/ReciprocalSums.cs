using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>Sk = Σ n t^k with t = r / (1 + N r) = 1 / (N + b / m): the derivatives of Σ n ln(1 + N r), up to sign and factorial.</summary>
public readonly record struct ReciprocalSums<T>(T First, T Second, T Third, T Fourth)
    where T : struct, ILanes<T>;
