using System.Text.Json.Serialization;
using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Json;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Surveys;

/// <summary>
/// One named TS map of a survey: the options of <c>tsmap compute</c>, in the same notation. Missing options have the estimator's default.
/// </summary>
public sealed class MapDefinition
{
    /// <summary>The order in which options are set: quantities first, so that problems of several options are all found.</summary>
    private static readonly MapOption[] InOrder =
        [.. new[] { MapOptions.Amplitude, MapOptions.Reference, MapOptions.EnergyEdges }.Union(MapOptions.All)];

    private readonly Dictionary<string, object> _values;

    internal MapDefinition(Dictionary<string, object> values)
    {
        _values = values;
        if (values.ContainsKey(MapOptions.Model.Name)) return;
        foreach (var option in new[] { MapOptions.Spatial, MapOptions.Index }) values.TryAdd(option.Name, option.Default!);
    }

    /// <summary>The values by their names in survey.json. Shape and index always have a value unless the source is a model.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>The source's shape; point if the source is a model.</summary>
    [JsonIgnore]
    public string Spatial => (string)ValueOf(MapOptions.Spatial);

    /// <summary>Index of the source's power law; 2 if the source is a model.</summary>
    [JsonIgnore]
    public double Index => (double)ValueOf(MapOptions.Index);

    /// <summary>
    /// Converts the estimator's options to a definition with exactly the same values, without the number of threads, which depends on the
    /// machine.
    /// </summary>
    /// <exception cref="SurveyException">A definition cannot express a model.</exception>
    public static MapDefinition Of(TsMapOptions options)
    {
        string[] problems =
        [
            .. from model in options.BackgroundModels.Prepend(options.Model)
               where model.NeedsFiles
               select SurveyErrors.NotExpressible($"model '{model.Name}'", "a part of the model in another file", "a model without files"),
        ];
        if (problems.Length > 0) throw SurveyErrors.Of("map", problems);
        var values = new Dictionary<string, object>();
        foreach (var option in MapOptions.All)
            if (option.Of(options) is { } value) values.Add(option.Name, value);
        return new MapDefinition(values);
    }

    /// <summary>Parses the JSON of one map of survey.json.</summary>
    /// <exception cref="SurveyException">Lists every problem of the whole text.</exception>
    public static MapDefinition Parse(string json) => SurveyParser.ParseMap(json);

    /// <summary>The map's JSON in survey.json, without missing options.</summary>
    public string ToJson() => SurveyWriter.Write(this);

    /// <summary>
    /// The options of <c>tsmap compute</c>. Without a kernel width, the kernel is as wide as PSF and source need and at most as wide as the
    /// image, unlike for a survey's map.
    /// </summary>
    /// <exception cref="SurveyException">Lists every invalid value.</exception>
    public TsMapOptions ToOptions()
    {
        var problems = new List<string>();
        var options = ToOptions("map", problems);
        return problems.Count == 0 ? options : throw SurveyErrors.Of("map", problems);
    }

    /// <summary>Invalid values are added to the problems, and their defaults are used.</summary>
    internal TsMapOptions ToOptions(string path, List<string> problems) => InOrder.Aggregate(new TsMapOptions(), (options, option) =>
        _values.TryGetValue(option.Name, out var value) ? option.Set(options, value, $"{path}.{option.Name}", problems) : options);

    private object ValueOf(MapOption option) => _values.GetValueOrDefault(option.Name) ?? option.Default!;
}
