namespace TsMapSurvey.Estimators;

/// <summary>The optional quantities that are computed; gammapy's selection_optional.</summary>
[Flags]
public enum TsMapSelection
{
    None = 0,

    /// <summary>norm_errn and norm_errp, from the likelihood profile.</summary>
    ErrnErrp = 1,

    /// <summary>norm_ul, from the likelihood profile.</summary>
    Ul = 2,

    /// <summary>stat_scan and dnde_scan_values: the profile itself.</summary>
    StatScan = 4,

    /// <summary>norm_sensitivity.</summary>
    Sensitivity = 8,

    All = ErrnErrp | Ul | StatScan | Sensitivity,
}
