using System.Globalization;
using System.Reflection;

namespace TsMapSurvey.Server.Settings;

/// <summary>One setting: a property of <see cref="ServerSettings"/> with its <see cref="SettingAttribute"/>.</summary>
public sealed class Setting
{
    private readonly PropertyInfo _property;
    private readonly SettingAttribute _row;

    private Setting(PropertyInfo property, SettingAttribute row) => (_property, _row) = (property, row);

    /// <summary>In the order of the properties, in which problems are listed.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. from property in typeof(ServerSettings).GetProperties()
           orderby property.MetadataToken
           let row = property.GetCustomAttribute<SettingAttribute>()
           where row is not null
           select new Setting(property, row),
    ];

    /// <summary>Those that are options of <c>tsmap serve</c>, in the order of its help.</summary>
    public static IEnumerable<Setting> AllAsTyped =>
        All.Where(setting => setting.Typed is not null).OrderBy(setting => setting._row.HelpPlace);

    public string Key => _row.Key;

    public string Meaning => _row.Meaning;

    /// <summary>What the setting takes, in words.</summary>
    public string Takes => _row.Takes ?? (_row.Most is null ? $"{Least} or more" : $"{Least} to {_row.Most}");

    /// <summary>The default, in words.</summary>
    public string Default => _row.Default ?? (IsList ? "none" : $"{_property.GetValue(new ServerSettings()) ?? "none"}");

    /// <summary>The option of <c>tsmap serve</c>, dashes included; null: there is none.</summary>
    public string? Typed => _row.Typed;

    /// <summary>What the help of <c>tsmap serve</c> says of the option.</summary>
    public string Help => _row.Help;

    public Type Type => _property.PropertyType;

    /// <summary>Whether the option of <c>tsmap serve</c> may be repeated.</summary>
    public bool IsRepeated => _row.IsOfFiles;

    /// <summary>Between the items of a list that is given as one text; null for what is no list.</summary>
    public char? Separator => !IsList ? null : _row.IsOfFiles ? Path.PathSeparator : ';';

    internal string Name => _property.Name;

    private bool IsList => Type == typeof(IReadOnlyList<string>);

    private string? Least => _row.Least ?? (Type == typeof(long) ? $"{MemoryShares.Least}" : null);

    /// <summary>The settings with what is configured of this one. A value of another form is left out and added to the problems.</summary>
    internal ServerSettings Read(IConfiguration configuration, ServerSettings settings, List<string> problems)
    {
        var text = configuration[Key];
        if (Separator is { } separator)
        {
            var items = configuration.GetSection(Key).GetChildren().Select(child => child.Value ?? "").ToArray();
            if (items.Length == 0)
                items = text?.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
            return With(settings, items);
        }

        if (string.IsNullOrEmpty(text)) return settings;
        var (value, form) = Parse(text);
        if (value is not null) return With(settings, value);
        problems.Add(SettingsProblems.Wrong(Key, text, form));
        return settings;
    }

    /// <summary>Whether the value is within its bounds; where there are none, it is.</summary>
    internal bool IsWithinBounds(ServerSettings settings) => _property.GetValue(settings) is not IComparable value
        || !(Least is { } least && value.CompareTo(Parse(least).Value) < 0)
        && !(_row.Most is { } most && value.CompareTo(Parse(most).Value) > 0);

    /// <summary>The value as text, or the items of a list; empty where it is null.</summary>
    internal IEnumerable<string> TextsOf(ServerSettings settings) => _property.GetValue(settings) switch
    {
        null => [],
        IReadOnlyList<string> items => items,
        var value => [$"{value}"],
    };

    private ServerSettings With(ServerSettings settings, object value)
    {
        var copy = settings with { };
        _property.SetValue(copy, value);
        return copy;
    }

    private (object? Value, string Form) Parse(string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (Type == typeof(TimeSpan)) return (TimeSpan.TryParse(text, invariant, out var time) ? time : null, "a time as 00:00:05");
        if (Type == typeof(long)) return (long.TryParse(text, invariant, out var bytes) ? bytes : null, "a number of bytes");
        if (Type == typeof(int)) return (int.TryParse(text, invariant, out var number) ? number : null, "a whole number");
        if (Type == typeof(int?)) return (int.TryParse(text, invariant, out var port) ? port : null, "a port number");
        if (Type == typeof(bool)) return (bool.TryParse(text, out var flag) ? flag : null, "true or false");
        if (Type == typeof(LogLevel))
            return (Enum.TryParse<LogLevel>(text, true, out var level) && text.All(char.IsAsciiLetter) ? level : null, Takes);
        return (text, "");
    }
}
