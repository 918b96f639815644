namespace TsMapSurvey.Surveys;

/// <summary>
/// A survey definition that cannot be used, or an observation that a survey refuses: every reason at once, each with where it is
/// (JSON path, or the observation's map), what was found and what was expected. The reasons are made only by <see cref="SurveyProblems"/>.
/// </summary>
public sealed class SurveyException : Exception
{
    internal SurveyException(string subject, IReadOnlyList<string> problems)
        : base($"{subject}: {string.Join("; ", problems)}") => Problems = problems;

    /// <summary>One or more.</summary>
    public IReadOnlyList<string> Problems { get; }
}
