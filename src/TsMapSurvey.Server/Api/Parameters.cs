using System.Globalization;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api;

/// <summary>Reads a request's parameters; what is wrong with any of them is gathered and told at once.</summary>
internal sealed class Parameters
{
    private readonly List<string> _problems = [];

    public int Whole(string name, string? text, int otherwise, int least, int most)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least
            && value <= most) return value;
        Wrong(name, text, $"a whole number from {least} to {most}");
        return otherwise;
    }

    public double Number(string name, string? text, double otherwise, double least, double most)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Wrong(name, text, FormattableString.Invariant($"a number from {least} to {most}"));
        return otherwise;
    }

    public double Number(NumberParameter parameter, string? text) =>
        Number(parameter.Name, text, parameter.Otherwise, parameter.Least, parameter.Most);

    public bool Flag(string name, string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Equals("false", StringComparison.OrdinalIgnoreCase) || text == "0") return false;
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text == "1") return true;
        Wrong(name, text, "true or false");
        return false;
    }

    /// <summary>Words with commas between them, each once; none where none is given.</summary>
    public IReadOnlyList<T> Words<T>(string name, string? text)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return [];
        var known = Enum.GetNames<T>();
        string[] found = [.. text.Split(',', StringSplitOptions.TrimEntries)
            .Select(word => known.FirstOrDefault(one => one.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? "")];
        if (!found.Contains("")) return [.. found.Select(Enum.Parse<T>).Distinct()];
        Wrong(name, text, $"one of {string.Join(", ", known.Select(RequestErrors.Word))}, or several with commas between them");
        return [];
    }

    public SkyFrame Frame(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Equals("icrs", StringComparison.OrdinalIgnoreCase)) return SkyFrame.Icrs;
        if (text.Equals("galactic", StringComparison.OrdinalIgnoreCase)) return SkyFrame.Galactic;
        Wrong("frame", text, "icrs or galactic");
        return SkyFrame.Icrs;
    }

    /// <summary>How long to wait, from fresh= and timeout= (seconds).</summary>
    public Patience Patience(WaitQuery wait) =>
        new(Flag("fresh", wait.Fresh),
            TimeSpan.FromSeconds(Number(wait.Fresh is null ? NumberParameter.TimeoutS : NumberParameter.FreshTimeoutS, wait.Timeout)));

    /// <summary>Any other check: the message of what the work throws is one more problem.</summary>
    public T? Try<TException, T>(Func<T> work)
        where TException : Exception
    {
        try
        {
            return work();
        }
        catch (TException bad)
        {
            _problems.Add(bad.Message);
            return default;
        }
    }

    public void Wrong(string name, string? found, string expected) =>
        _problems.Add($"{name}: found '{ShownText.Of(found)}', expected {expected}");

    public void Unknown(string name, IReadOnlyCollection<string> known) =>
        _problems.Add(
            $"{ShownText.Of(name)}: there is no such parameter here, expected "
            + $"{(known.Count == 0 ? "none" : $"one of {string.Join(", ", known)}")}");

    /// <exception cref="RequestException">400, when anything was wrong.</exception>
    public void Check()
    {
        if (_problems.Count > 0) throw RequestErrors.BadParameters(_problems);
    }
}
