using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Surveys.Options;

internal sealed class OptionProblems(string place, List<string> problems)
{
    public void Add(string found, string expected) => problems.Add(SurveyErrors.Wrong(place, found, expected));

    /// <summary>The result of a function; if it throws a MapException, a default, and the message is added to the problems.</summary>
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

    /// <summary>Parses a quantity above 0; null if it is invalid, which is added to the problems.</summary>
    public double? Positive(string text, string unit, string what) => Try<double?>(_ =>
    {
        var value = Quantity.Parse(text).In(unit, what);
        if (value > 0) return value;
        Add($"'{text}'", "a value above 0");
        return null;
    }, null);
}
