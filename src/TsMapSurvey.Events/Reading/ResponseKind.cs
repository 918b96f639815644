namespace TsMapSurvey.Events.Reading;

/// <summary>The parts of an observation, each an HDU (HDU_TYPE of an index).</summary>
public enum ResponseKind
{
    Events,
    Gti,
    EffectiveArea,
    EnergyMigration,
    PointSpread,
    Background,
}
