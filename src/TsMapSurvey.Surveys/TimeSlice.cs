using System.Globalization;

namespace TsMapSurvey.Surveys;

/// <summary>A window of time by the name that survey.json gives it: <c>all</c>, or so many nights as in <c>7d</c>.</summary>
/// <param name="Nights">How many, the newest one included; null: all there are.</param>
public sealed record TimeSlice(string Name, int? Nights)
{
    public const string AllName = "all";

    /// <summary>all, or 1d to 366d: a night is the smallest piece that a stack can be put together of.</summary>
    internal const string Pattern = "^(all|([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])d)$";

    public static TimeSlice All { get; } = new(AllName, null);

    internal static TimeSlice Of(string name) =>
        name == AllName ? All : new TimeSlice(name, int.Parse(name.AsSpan(0, name.Length - 1), CultureInfo.InvariantCulture));
}
