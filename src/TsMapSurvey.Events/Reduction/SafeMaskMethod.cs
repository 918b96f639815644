namespace TsMapSurvey.Events.Reduction;

/// <summary>Methods that choose the safe range of an observation, with gammapy's names in lower case: offset-max, aeff-default,
/// ...</summary>
public enum SafeMaskMethod
{
    /// <summary>Pixels nearer to the pointing than a maximum.</summary>
    OffsetMax,

    /// <summary>The energies that the effective area's file recommends.</summary>
    AeffDefault,

    /// <summary>Energies from where the effective area at the pointing reaches a share of its maximum.</summary>
    AeffMax,

    /// <summary>Energies from where the bias of the reconstructed energy at the pointing falls to a limit.</summary>
    EdispBias,

    /// <summary>Energies from the bin with the most expected background.</summary>
    BkgPeak,
}
