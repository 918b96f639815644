namespace TsMapSurvey.Contracts;

/// <summary>
/// The nights that a slice of a survey stands for: with the revision it says what a map is made of, whenever it is asked for.
/// </summary>
/// <param name="Slice">As survey.json names it: 7d.</param>
/// <param name="FirstNight">The first night, as the MJD (UTC) on which it begins.</param>
/// <param name="LastNight">The last night: the newest of the whole survey that has an observation.</param>
/// <param name="End">When the last night ends; observations that began before are in.</param>
[GenerateSerializer, Immutable, Alias("tsmap.SliceWindow")]
public sealed record SliceWindow(
    [property: Id(0)] string Slice,
    [property: Id(1)] int FirstNight,
    [property: Id(2)] int LastNight,
    [property: Id(3)] DateTimeOffset Start,
    [property: Id(4)] DateTimeOffset End)
{
    /// <summary>The name of the slice that has no window: all there is.</summary>
    public const string All = "all";

    public bool Contains(int night) => night >= FirstNight && night <= LastNight;
}
