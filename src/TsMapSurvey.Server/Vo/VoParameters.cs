using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;
using TsMapSurvey.Sky.Regions;

namespace TsMapSurvey.Server.Vo;

/// <summary>An interval with both ends, which may be infinite.</summary>
internal readonly record struct Interval(double Min, double Max)
{
    /// <summary>False if an end of the other is NaN.</summary>
    public bool Overlaps(double min, double max) => Min <= max && Max >= min;

    public bool Contains(double value) => Overlaps(value, value);
}

/// <summary>
/// Parameters of a protocol by DALI 1.1: in the query, or in the form of a POST; names in any case; several values; unknown names and empty
/// values are ignored. Problems are collected.
/// </summary>
internal sealed class VoParameters
{
    /// <summary>Limits the work for each row.</summary>
    private const int MostValues = 100;

    /// <summary>pyvo sends the identifiers of all rows that it has.</summary>
    private const int MostIds = 20_000;

    private static readonly FormOptions Form = new() { ValueCountLimit = MostIds + 10 * MostValues };

    private readonly Dictionary<string, string[]> _values;
    private readonly Parameters _problems = new();

    private VoParameters(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> pairs)
    {
        _values = pairs.GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(
            pairsOfName => pairsOfName.Key,
            pairsOfName => pairsOfName.SelectMany(pair => pair.Value.ToArray()).OfType<string>().Where(text => text.Length > 0).ToArray(),
            StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in _values)
        {
            var most = name.Equals("ID", StringComparison.OrdinalIgnoreCase) ? MostIds : MostValues;
            if (values.Length > most) _problems.Wrong(name, $"{values.Length} values", $"at most {most}");
        }

        Check();
    }

    /// <exception cref="RequestException">400: a body that is no form, or too many values; 415: no form.</exception>
    public static async Task<VoParameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method)) return new VoParameters(request.Query);
        if (!request.HasFormContentType) throw RequestErrors.NotForm(request.ContentType);
        try
        {
            return new VoParameters(request.Query.Concat(await request.ReadFormAsync(Form, cancellationToken)));
        }
        catch (InvalidDataException exception)
        {
            throw RequestErrors.BadParameters([$"body: {exception.Message}"]);
        }
    }

    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name, []);

    /// <summary>The only value; null if there is none.</summary>
    public string? One(string name)
    {
        var values = All(name);
        if (values.Count > 1) Wrong(name, string.Join("', '", values), "one value");
        return values.Count > 0 ? values[0] : null;
    }

    public double Number(string name, double fallback, double min, double max) =>
        _problems.Number(name, One(name), fallback, min, max);

    public int Integer(string name, int fallback, int min, int max) => _problems.Integer(name, One(name), fallback, min, max);

    /// <summary>A number that must be there.</summary>
    public double Needed(string name, double min, double max)
    {
        if (All(name).Count == 0) Wrong(name, null, FormattableString.Invariant($"a number from {min} to {max}"));
        return Number(name, double.NaN, min, max);
    }

    /// <summary>Number of rows; a larger one than the service gives is not an error.</summary>
    public int MaxRec(int fallback, int most) => Math.Min(Integer("MAXREC", fallback, 0, int.MaxValue), most);

    /// <summary>Intervals <c>min max</c>, or single numbers.</summary>
    public IReadOnlyList<Interval> Intervals(string name) => [.. All(name).Select(text => IntervalOf(name, text)).OfType<Interval>()];

    public IReadOnlyList<SkyRegion> Regions(string name = "POS") =>
        [.. All(name).Select(text => Try(() => RegionText.Parse(text))).OfType<SkyRegion>()];

    public T? Try<T>(Func<T> parse)
        where T : class => _problems.Try<SkyException, T>(parse);

    public void Wrong(string name, string? found, string expected) => _problems.Wrong(name, found, expected);

    /// <exception cref="RequestException">400 with all problems, if there are any.</exception>
    public void Check() => _problems.Check();

    private Interval? IntervalOf(string name, string text)
    {
        double[] ends = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(NumberOf)];
        if (ends.Length is 1 or 2 && ends[0] <= ends[^1]) return new Interval(ends[0], ends[^1]);
        Wrong(name, text, "one number, or two in ascending order; -Inf and +Inf for an open end");
        return null;
    }

    // NaN fails the comparison of the ends.
    private static double NumberOf(string text) => text.ToUpperInvariant() switch
    {
        "-INF" => double.NegativeInfinity,
        "INF" or "+INF" => double.PositiveInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN,
    };
}
