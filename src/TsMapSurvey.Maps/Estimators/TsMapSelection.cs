namespace TsMapSurvey.Maps.Estimators;

/// <summary>What of a pixel is computed beyond the default quantities; gammapy's selection_optional.</summary>
[Flags]
public enum TsMapSelection
{
    None = 0,
    ErrnErrp = 1,
    Ul = 2,
}
