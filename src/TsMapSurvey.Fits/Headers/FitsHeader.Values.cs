using System.Globalization;

namespace TsMapSurvey.Fits;

public sealed partial class FitsHeader
{
    /// <summary>Text unchanged, or a number or boolean as text, since a label such as OBS_ID may be a number.</summary>
    public string? GetString(string key) => Find(key)?.Value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "T" : "F",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString(),
    };

    /// <summary>An integer, or a real with an integral value (51910.0).</summary>
    /// <exception cref="FitsException">The value is anything else.</exception>
    public long? GetInteger(string key) => Find(key)?.Value switch
    {
        null => null,
        long number => number,
        double number when number == Math.Truncate(number) && Math.Abs(number) < 9.2e18 => (long)number,
        var other => throw FitsErrors.BadKeyword(Place, Normal(key), other, "an integer"),
    };

    /// <summary>A real or an integer.</summary>
    /// <exception cref="FitsException">The value is anything else.</exception>
    public double? GetDouble(string key) => Find(key)?.Value switch
    {
        null => null,
        double number => number,
        long number => number,
        var other => throw FitsErrors.BadKeyword(Place, Normal(key), other, "a number"),
    };

    /// <summary>T or F.</summary>
    /// <exception cref="FitsException">The value is anything else.</exception>
    public bool? GetBoolean(string key) => Find(key)?.Value switch
    {
        null => null,
        bool flag => flag,
        var other => throw FitsErrors.BadKeyword(Place, Normal(key), other, "T or F"),
    };

    /// <summary>A mandatory integer within bounds.</summary>
    internal long Require(string key, long min, long max)
    {
        if (!Contains(key)) throw FitsErrors.MissingKeyword(Place, key, $"an integer from {min} to {max}");
        return GetBounded(key, min, max) ?? throw FitsErrors.BadKeyword(Place, key, null, $"an integer from {min} to {max}");
    }

    internal long? GetBounded(string key, long min, long max)
    {
        var value = Find(key)?.Value;
        if (value is null) return null;
        return value is long number && number >= min && number <= max
            ? number
            : throw FitsErrors.BadKeyword(Place, key, value, $"an integer from {min} to {max}");
    }
}
