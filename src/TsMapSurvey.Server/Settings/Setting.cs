using System.Globalization;
using System.Reflection;

namespace TsMapSurvey.Server.Settings;

/// <summary>A property of <see cref="ServerSettings"/> with its <see cref="SettingAttribute"/>.</summary>
public sealed class Setting
{
    private readonly PropertyInfo _property;
    private readonly SettingAttribute _row;

    private Setting(PropertyInfo property, SettingAttribute row) => (_property, _row) = (property, row);

    /// <summary>In the order of the properties, which is also the order of reported problems.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. from property in typeof(ServerSettings).GetProperties()
           orderby property.MetadataToken
           let row = property.GetCustomAttribute<SettingAttribute>()
           where row is not null
           select new Setting(property, row),
    ];

    /// <summary>The options of <c>tsmap serve</c>, in the order of its help.</summary>
    public static IEnumerable<Setting> AllInHelpOrder =>
        All.Where(setting => setting.Typed is not null).OrderBy(setting => setting._row.HelpOrder);

    public string Key => _row.Key;

    public string Meaning => _row.Meaning;

    public string Takes => _row.Takes ?? (_row.Max is null ? $"{Min} or more" : $"{Min} to {_row.Max}");

    public string Default => _row.Default ?? (IsList ? "none" : $"{_property.GetValue(new ServerSettings()) ?? "none"}");

    public string? Typed => _row.Typed;

    public string Help => _row.Help;

    public Type Type => _property.PropertyType;

    public bool IsRepeated => _row.IsOfFiles;

    /// <summary>Separates the items of a list given as one text; null if the setting is not a list.</summary>
    public char? Separator => !IsList ? null : _row.IsOfFiles ? Path.PathSeparator : ';';

    internal string Name => _property.Name;

    private bool IsList => Type == typeof(IReadOnlyList<string>);

    private string? Min => _row.Min ?? (Type == typeof(long) ? $"{MemoryShares.Min}" : null);

    /// <summary>
    /// Returns the settings with the configured value of this one. An invalid value is ignored and added to the problems.
    /// </summary>
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

    /// <summary>True if there are no bounds.</summary>
    internal bool IsWithinBounds(ServerSettings settings) => _property.GetValue(settings) is not IComparable value
        || !(Min is { } min && value.CompareTo(Parse(min).Value) < 0)
        && !(_row.Max is { } max && value.CompareTo(Parse(max).Value) > 0);

    /// <summary>The value as text, or the items of a list; empty if null.</summary>
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
