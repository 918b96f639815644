using System.Globalization;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api;

/// <summary>Parses a request's parameters and collects all problems, so that they are reported together.</summary>
internal sealed class Parameters
{
    private readonly List<string> _problems = [];

    public int Integer(string name, string? text, int fallback, int min, int max)
    {
        if (string.IsNullOrEmpty(text)) return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min
            && value <= max) return value;
        Wrong(name, text, $"a whole number from {min} to {max}");
        return fallback;
    }

    public double Number(string name, string? text, double fallback, double min, double max)
    {
        if (string.IsNullOrEmpty(text)) return fallback;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        Wrong(name, text, FormattableString.Invariant($"a number from {min} to {max}"));
        return fallback;
    }

    public double Number(NumberParameter parameter, string? text) =>
        Number(parameter.Name, text, parameter.Default, parameter.Min, parameter.Max);

    public bool Flag(string name, string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Equals("false", StringComparison.OrdinalIgnoreCase) || text == "0") return false;
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text == "1") return true;
        Wrong(name, text, "true or false");
        return false;
    }

    /// <summary>Enumeration names separated by commas, without duplicates; empty if the parameter is absent.</summary>
    public IReadOnlyList<T> Words<T>(string name, string? text)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return [];
        var known = Enum.GetNames<T>();
        string[] found = [.. text.Split(',', StringSplitOptions.TrimEntries)
            .Select(word => known.FirstOrDefault(one => one.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? "")];
        if (!found.Contains("")) return [.. found.Select(Enum.Parse<T>).Distinct()];
        Wrong(name, text, $"one of {string.Join(", ", known.Select(RequestErrors.CamelCase))}, or several separated by commas");
        return [];
    }

    public SkyFrame Frame(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Equals("icrs", StringComparison.OrdinalIgnoreCase)) return SkyFrame.Icrs;
        if (text.Equals("galactic", StringComparison.OrdinalIgnoreCase)) return SkyFrame.Galactic;
        Wrong("frame", text, "icrs or galactic");
        return SkyFrame.Icrs;
    }

    public WaitOptions Wait(WaitQuery wait) =>
        new(Flag("fresh", wait.Fresh),
            TimeSpan.FromSeconds(Number(wait.Fresh is null ? NumberParameter.TimeoutS : NumberParameter.FreshTimeoutS, wait.Timeout)));

    /// <summary>Runs another check; the message of its exception becomes a problem.</summary>
    public T? Try<TException, T>(Func<T> work)
        where TException : Exception
    {
        try
        {
            return work();
        }
        catch (TException exception)
        {
            _problems.Add(exception.Message);
            return default;
        }
    }

    public void Wrong(string name, string? found, string expected) =>
        _problems.Add($"{name}: found '{MessageText.Of(found)}', expected {expected}");

    public void Unknown(string name, IReadOnlyCollection<string> known) =>
        _problems.Add(
            $"{MessageText.Of(name)}: unknown parameter, expected "
            + $"{(known.Count == 0 ? "none" : $"one of {string.Join(", ", known)}")}");

    /// <exception cref="RequestException">400 with all problems, if there are any.</exception>
    public void Check()
    {
        if (_problems.Count > 0) throw RequestErrors.BadParameters(_problems);
    }
}
