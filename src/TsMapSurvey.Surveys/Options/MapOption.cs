using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys.Options;

/// <summary>
/// One option of a map: a row of <see cref="MapOptions"/>. It says what survey.json and the command line call the option and take for it,
/// what it means, and where <see cref="TsMapOptions"/> has it.
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

    /// <summary>The property of survey.json.</summary>
    public string Name => Field.Name;

    /// <summary>What the property means, for the schema of survey.json and the description of the API.</summary>
    public string Meaning => Field.Description;

    /// <summary>What the property is: a double, an int, a bool, a string or an array of strings.</summary>
    public Type Type => Field switch
    {
        NumberField { Whole: true } => typeof(int),
        NumberField => typeof(double),
        FlagField => typeof(bool),
        ListField => typeof(string[]),
        _ => typeof(string),
    };

    /// <summary>The option of the command line, dashes included.</summary>
    public string Typed { get; }

    /// <summary>What the option means, for the help of the command line.</summary>
    public string Help { get; }

    /// <summary>The default, as it may be typed; null where there is no single one.</summary>
    public object? Default =>
        TypedUnit is { } unit && Field.Default is { } value ? FormattableString.Invariant($"{value} {unit}") : Field.Default;

    /// <summary>Whether the command line takes a text of its own, with a unit or of several values, for <see cref="SetTyped"/>.</summary>
    public bool IsTypedAsText => TypedSet is not null;

    internal Field Field { get; }

    internal Setter<string>? TypedSet { get; init; }

    /// <summary>The unit that survey.json has in the property's name and the command line behind the number.</summary>
    internal string? TypedUnit { get; init; }

    /// <summary>Sets what was typed. A value that cannot be used is left out and noted in <paramref name="problems"/>.</summary>
    public TsMapOptions SetTyped(TsMapOptions options, string text, List<string> problems) =>
        new OptionProblems(Typed, problems).Try(found => TypedSet!(options, text, found), options);

    /// <summary>Sets a value of <see cref="Type"/>. One that cannot be used is left out and noted in <paramref name="problems"/>.</summary>
    public TsMapOptions Set(TsMapOptions options, object value, string place, List<string> problems) =>
        new OptionProblems(place, problems).Try(found => _set(options, value, found), options);

    /// <summary>The option's value as survey.json has it; null where the property is left out.</summary>
    internal object? Of(TsMapOptions options) => _get(options);
}
