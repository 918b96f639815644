using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Surveys.Options;

/// <summary>The problems of one option's value, each under the option's name.</summary>
internal sealed class OptionProblems(string place, List<string> problems)
{
    public void Add(string found, string expected) => problems.Add(SurveyErrors.Wrong(place, found, expected));

    /// <summary>What is read; where that fails, the other value, and the failure is noted.</summary>
    public T Try<T>(Func<OptionProblems, T> read, T otherwise)
    {
        try
        {
            return read(this);
        }
        catch (MapException exception)
        {
            problems.Add(SurveyErrors.Refused(place, exception));
            return otherwise;
        }
    }

    /// <summary>A quantity above 0 in a unit; null, and a problem, where it is none.</summary>
    public double? Positive(string text, string unit, string what) => Try<double?>(_ =>
    {
        var value = Quantity.Parse(text).In(unit, what);
        if (value > 0) return value;
        Add($"'{text}'", "more than 0");
        return null;
    }, null);
}
