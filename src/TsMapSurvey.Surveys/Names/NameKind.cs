namespace TsMapSurvey.Surveys.Names;

/// <summary>The kinds of things that users refer to by name.</summary>
public enum NameKind
{
    Survey,
    Tile,
    Map,
    Slice,
    Quantity,
    Layer,
    Observation,
    Job,
}
