namespace TsMapSurvey.Contracts;

/// <summary>The nights that a slice currently covers. Window and revision together determine the observations of a map.</summary>
/// <param name="Slice">Name of the slice in survey.json, for example 7d.</param>
/// <param name="FirstNight">The first night, as the MJD (UTC) on which it begins.</param>
/// <param name="LastNight">The last night: the newest night of the whole survey that has an observation.</param>
/// <param name="End">End of the last night, exclusive; an observation belongs to the night in which it began.</param>
[GenerateSerializer, Immutable, Alias("tsmap.SliceWindow")]
public sealed record SliceWindow(
    [property: Id(0)] string Slice,
    [property: Id(1)] int FirstNight,
    [property: Id(2)] int LastNight,
    [property: Id(3)] DateTimeOffset Start,
    [property: Id(4)] DateTimeOffset End)
{
    /// <summary>Name of the slice of all observations, which has no window.</summary>
    public const string All = "all";

    public bool Contains(int night) => night >= FirstNight && night <= LastNight;
}
