namespace TsMapSurvey.Surveys.Names;

/// <summary>What people ask for by name.</summary>
public enum NameKind
{
    Survey,
    Tile,
    Map,
    Slice,
    Quantity,
    Observation,
    Job,
}
