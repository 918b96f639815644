using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Surveys;

/// <summary>
/// An invalid survey definition or an observation that a survey rejects, with all reasons, each with its place (JSON path or map of the
/// observation), what was found and what was expected; or an unknown name. Created only by <see cref="SurveyErrors"/>.
/// </summary>
public sealed class SurveyException : Exception
{
    internal SurveyException(string subject, IReadOnlyList<string> problems)
        : base($"{subject}: {string.Join("; ", problems)}") => Problems = problems;

    internal SurveyException(NameKind unknown, string message)
        : base(message) => (Unknown, Problems) = (unknown, [message]);

    /// <summary>One or more problems.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>The kind of an unknown name; null for an invalid definition or observation.</summary>
    public NameKind? Unknown { get; }
}
