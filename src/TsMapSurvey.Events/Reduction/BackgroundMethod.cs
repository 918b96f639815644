namespace TsMapSurvey.Events.Reduction;

/// <summary>How the background model of an observation is scaled.</summary>
public enum BackgroundMethod
{
    /// <summary>As it is in the file.</summary>
    None,

    /// <summary>By one factor for each observation, so that in the safe range outside the exclusion mask it has as many events as were
    /// counted (gammapy's FoVBackgroundMaker, method "scale").</summary>
    FovNorm,
}
