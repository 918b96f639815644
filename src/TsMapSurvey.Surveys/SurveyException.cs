using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Surveys;

/// <summary>
/// A survey definition that cannot be used, or an observation that a survey refuses: every reason at once, each with where it is
/// (JSON path, or the observation's map), what was found and what was expected. Or a name that nothing has. Made only by
/// <see cref="SurveyErrors"/>.
/// </summary>
public sealed class SurveyException : Exception
{
    internal SurveyException(string subject, IReadOnlyList<string> problems)
        : base($"{subject}: {string.Join("; ", problems)}") => Problems = problems;

    internal SurveyException(NameKind unknown, string message)
        : base(message) => (Unknown, Problems) = (unknown, [message]);

    /// <summary>One or more.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>What nothing of that name exists of; null where a definition or an observation is refused.</summary>
    public NameKind? Unknown { get; }
}
