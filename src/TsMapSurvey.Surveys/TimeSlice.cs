using System.Globalization;

namespace TsMapSurvey.Surveys;

/// <summary>A time window with its name in survey.json: <c>all</c>, or a number of nights such as <c>7d</c>.</summary>
/// <param name="Nights">Number of nights including the newest; null for all.</param>
public sealed record TimeSlice(string Name, int? Nights)
{
    public const string AllName = "all";

    /// <summary>all, or 1d to 366d. A night is the smallest part of a stack that is stored separately.</summary>
    internal const string Pattern = "^(all|([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])d)$";

    public static TimeSlice All { get; } = new(AllName, null);

    internal static TimeSlice Of(string name) =>
        name == AllName ? All : new TimeSlice(name, int.Parse(name.AsSpan(0, name.Length - 1), CultureInfo.InvariantCulture));
}
