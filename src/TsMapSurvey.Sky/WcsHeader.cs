using System.Globalization;

namespace TsMapSurvey.Sky;

/// <summary>Typed access to the keywords of a header. A value of the wrong type throws an exception that names the keyword.</summary>
internal sealed class WcsHeader(IReadOnlyDictionary<string, object> keywords)
{
    internal bool Has(string name) => keywords.ContainsKey(name);

    internal bool HasAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Has(name)) return true;
        return false;
    }

    /// <summary>A string without padding blanks; null if the keyword is absent.</summary>
    internal string? Text(string name) => !keywords.TryGetValue(name, out var value) ? null
        : value is string text ? text.Trim()
        : throw SkyErrors.BadKeyword(name, value, "a string");

    internal double Number(string name, double defaultValue) => Number(name) ?? defaultValue;

    internal double? Number(string name)
    {
        if (!keywords.TryGetValue(name, out var value)) return null;
        var number = value is double or float or long or int or decimal
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;
        return double.IsFinite(number) ? number : throw SkyErrors.BadKeyword(name, value, "a finite number");
    }

    /// <summary>All PV1_m and PV2_m, in a fixed order.</summary>
    internal IEnumerable<(string Name, int Axis, int Number)> Parameters()
    {
        foreach (var name in keywords.Keys.Order(StringComparer.Ordinal))
            if ((name.StartsWith("PV1_", StringComparison.Ordinal) || name.StartsWith("PV2_", StringComparison.Ordinal))
                && int.TryParse(name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                yield return (name, name[2] - '0', number);
    }
}
