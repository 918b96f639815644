using System.Text.Json.Serialization;
using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Json;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Surveys;

/// <summary>
/// One named TS map of a survey: the options of <c>tsmap compute</c>, as they are written there. Null is the estimator's default.
/// </summary>
public sealed class MapDefinition
{
    /// <summary>Quantities come first: so the problems of several options are listed.</summary>
    private static readonly MapOption[] InTurn =
        [.. new[] { MapOptions.Amplitude, MapOptions.Reference, MapOptions.EnergyEdges }.Union(MapOptions.All)];

    private readonly Dictionary<string, object> _values;

    internal MapDefinition(Dictionary<string, object> values)
    {
        _values = values;
        if (values.ContainsKey(MapOptions.Model.Name)) return;
        foreach (var option in new[] { MapOptions.Spatial, MapOptions.Index }) values.TryAdd(option.Name, option.Default!);
    }

    /// <summary>What is given, by the name in survey.json. Shape and index are always there unless the source is a model.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>The source's shape; point where the source is a model.</summary>
    [JsonIgnore]
    public string Spatial => (string)ValueOf(MapOptions.Spatial);

    /// <summary>Index of the source's power law; 2 where the source is a model.</summary>
    [JsonIgnore]
    public double Index => (double)ValueOf(MapOptions.Index);

    /// <summary>The estimator's options as a definition, digit for digit. Threads stay behind, they are the machine's.</summary>
    /// <exception cref="SurveyException">A model that no definition can express.</exception>
    public static MapDefinition Of(TsMapOptions options)
    {
        string[] problems =
        [
            .. from model in options.BackgroundModels.Prepend(options.Model)
               where model.NeedsFiles
               select SurveyErrors.NotExpressed($"model '{model.Name}'", "a part of it in a file", "a model without files"),
        ];
        if (problems.Length > 0) throw SurveyErrors.Of("map", problems);
        var values = new Dictionary<string, object>();
        foreach (var option in MapOptions.All)
            if (option.Of(options) is { } value) values.Add(option.Name, value);
        return new MapDefinition(values);
    }

    /// <summary>Reads one map as it stands in survey.json.</summary>
    /// <exception cref="SurveyException">Lists every problem of the whole text.</exception>
    public static MapDefinition Parse(string json) => SurveyParser.ParseMap(json);

    /// <summary>As it stands in survey.json; what is not given is left out.</summary>
    public string ToJson() => SurveyWriter.Write(this);

    /// <summary>
    /// The options of <c>tsmap compute</c>: unlike a survey's map, one without a kernel width has a kernel as wide as PSF and source need,
    /// at most as the image.
    /// </summary>
    /// <exception cref="SurveyException">Lists every value that cannot be used.</exception>
    public TsMapOptions ToOptions()
    {
        var problems = new List<string>();
        var options = ToOptions("map", problems);
        return problems.Count == 0 ? options : throw SurveyErrors.Of("map", problems);
    }

    /// <summary>Leaves every value that cannot be used at its default, and adds it to the problems.</summary>
    internal TsMapOptions ToOptions(string path, List<string> problems) => InTurn.Aggregate(new TsMapOptions(), (options, option) =>
        _values.TryGetValue(option.Name, out var value) ? option.Set(options, value, $"{path}.{option.Name}", problems) : options);

    private object ValueOf(MapOption option) => _values.GetValueOrDefault(option.Name) ?? option.Default!;
}
