using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys.Options;

/// <summary>
/// One option of a map in the table <see cref="MapOptions"/>: its names and allowed values in survey.json and on the command line, its
/// description, and its property of <see cref="TsMapOptions"/>.
/// </summary>
public sealed class MapOption
{
    private readonly Func<TsMapOptions, object?> _get;
    private readonly Setter<object> _set;

    internal MapOption(Field field, string typed, string help, Func<TsMapOptions, object?> get, Setter<object> set)
    {
        (_get, _set, Typed, Help) = (get, set, typed, help);
        Field = field with { Default = field.Default ?? get(new TsMapOptions()) };
    }

    internal delegate TsMapOptions Setter<T>(TsMapOptions options, T value, OptionProblems problems);

    /// <summary>Name of the property in survey.json.</summary>
    public string Name => Field.Name;

    /// <summary>Description of the property for the schema of survey.json and for the API.</summary>
    public string Meaning => Field.Description;

    /// <summary>Type of the property: double, int, bool, string or an array of strings.</summary>
    public Type Type => Field switch
    {
        NumberField { IsInteger: true } => typeof(int),
        NumberField => typeof(double),
        FlagField => typeof(bool),
        ListField => typeof(string[]),
        _ => typeof(string),
    };

    /// <summary>The option of the command line, including the dashes.</summary>
    public string Typed { get; }

    /// <summary>Description of the option in the help of the command line.</summary>
    public string Help { get; }

    /// <summary>The default in the notation of the command line; null if there is none, or if it depends on other values.</summary>
    public object? Default =>
        TypedUnit is { } unit && Field.Default is { } value ? FormattableString.Invariant($"{value} {unit}") : Field.Default;

    /// <summary>
    /// Whether the command line has another notation than survey.json, with a unit or several values, which
    /// <see cref="SetFromCommandLine"/> parses.
    /// </summary>
    public bool HasCommandLineNotation => TypedSet is not null;

    internal Field Field { get; }

    internal Setter<string>? TypedSet { get; init; }

    /// <summary>The unit that is part of the property's name in survey.json and follows the number on the command line.</summary>
    internal string? TypedUnit { get; init; }

    /// <summary>Sets a value in the notation of the command line. An invalid value is ignored and added to the problems.</summary>
    public TsMapOptions SetFromCommandLine(TsMapOptions options, string text, List<string> problems) =>
        new OptionProblems(Typed, problems).Try(found => TypedSet!(options, text, found), options);

    /// <summary>Sets a value of <see cref="Type"/>. An invalid value is ignored and added to the problems.</summary>
    public TsMapOptions Set(TsMapOptions options, object value, string place, List<string> problems) =>
        new OptionProblems(place, problems).Try(found => _set(options, value, found), options);

    /// <summary>The option's value in survey.json; null if the property is omitted.</summary>
    internal object? Of(TsMapOptions options) => _get(options);
}
