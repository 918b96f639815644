using System.Globalization;
using System.Text;

namespace TsMapSurvey.Hips;

/// <summary>The file properties of a HiPS (IVOA HiPS 1.0, section 4.4): lines "key = value". A line without value is left out.</summary>
public sealed class HipsProperties
{
    private readonly List<(string Key, string Value)> _lines = [];

    /// <summary>Adds a line, if there is a value. Line breaks become blanks.</summary>
    public HipsProperties Add(string key, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value)) _lines.Add((key, value.ReplaceLineEndings(" ").Trim()));
        return this;
    }

    /// <inheritdoc cref="Add(string, string?)"/>
    /// <param name="value">Written so that it reads back exactly; NaN has no line.</param>
    public HipsProperties Add(string key, double? value) =>
        Add(key, value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null);

    /// <summary>Adds a time in UTC, to the minute as the standard writes it.</summary>
    public HipsProperties Add(string key, DateTimeOffset? value) =>
        Add(key, value?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm'Z'", CultureInfo.InvariantCulture));

    /// <summary>Adds lines that belong together.</summary>
    public HipsProperties AddAll(IEnumerable<(string Key, string Value)> lines)
    {
        foreach (var (key, value) in lines) Add(key, value);
        return this;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (key, value) in _lines) text.Append(CultureInfo.InvariantCulture, $"{key,-20} = {value}\n");
        return text.ToString();
    }
}
