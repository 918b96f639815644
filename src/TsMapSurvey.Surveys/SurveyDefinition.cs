using System.Text.Json;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys;

/// <summary>The content of survey.json. Missing properties have their defaults.</summary>
public sealed record SurveyDefinition
{
    public const string DefaultObservations = "observations/";

    /// <summary>The value of <see cref="Irfs"/> for each tile's own stack.</summary>
    public const string IrfsOfTile = "tile";

    /// <summary>Noon UTC, which is never at night for observatories in Europe and Africa and on the Canary Islands.</summary>
    public const double DefaultNightStartUtcHour = 12;

    /// <summary>Name in URLs and file names: lower-case letters, digits, - and _.</summary>
    public required string Name { get; init; }

    /// <summary>Prefix of the observations in the store, with a slash at the end.</summary>
    public string Observations { get; init; } = DefaultObservations;

    public required TilingDefinition Tiling { get; init; }

    public required AxisDefinition EnergyAxis { get; init; }

    public required AxisDefinition TrueEnergyAxis { get; init; }

    /// <summary>One or more maps by name, in the order of the file.</summary>
    public required IReadOnlyDictionary<string, MapDefinition> Maps { get; init; }

    /// <summary>Source of the kernels' PSF, EDISP and exposure: <c>tile</c>, or a MapDataset file or blob for all tiles.</summary>
    public string Irfs { get; init; } = IrfsOfTile;

    /// <summary>Whether observations on other pixel grids are resampled onto the tiles; otherwise they are refused.</summary>
    public bool Resample { get; init; }

    /// <summary>Names of the time windows of the maps (<see cref="TimeSlice"/>), including <c>all</c>.</summary>
    public IReadOnlyList<string> Slices { get; init; } = OnlyAll;

    /// <summary>Hour (UTC) at which a night begins, from 0 inclusive to 24 exclusive.</summary>
    public double NightStartUtcHour { get; init; } = DefaultNightStartUtcHour;

    /// <summary>How event lists become datasets; null if the survey takes only datasets.</summary>
    public EventsDefinition? Events { get; init; }

    internal static IReadOnlyList<string> OnlyAll { get; } = [TimeSlice.AllName];

    /// <summary>
    /// The file whose tiling or axes are used, which must be read before <see cref="Survey.Resolve"/>; null if all are explicit.
    /// </summary>
    public string? Like => Tiling.Like ?? EnergyAxis.Like ?? TrueEnergyAxis.Like;

    /// <summary>Parses survey.json.</summary>
    /// <exception cref="SurveyException">Lists every problem of the text, each with its JSON path.</exception>
    public static SurveyDefinition Parse(string json) => SurveyParser.Parse(json);

    /// <summary>
    /// Reads survey.json from disk. The content of model files, whose names are relative to its folder, becomes part of the definition.
    /// </summary>
    /// <exception cref="SurveyException">Lists every problem, including those of model files.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SurveyDefinition ReadFile(string path) =>
        SurveyParser.Parse(File.ReadAllText(path), Path.GetDirectoryName(Path.GetFullPath(path)));

    /// <summary>
    /// The definition as survey.json, without properties that have their default. <see cref="Parse"/> returns the same definition.
    /// </summary>
    public string ToJson() => SurveyWriter.Write(this);

    /// <summary>
    /// Whether another definition may replace this one for an existing survey. Slices may change, as they do not affect stored tiles, and
    /// so may the hour at which nights begin if there were no slices except all, and events if there were none: no event list was stacked.
    /// </summary>
    public bool CanBeReplacedBy(SurveyDefinition other)
    {
        var hour = Slices.Count > 1 ? NightStartUtcHour : other.NightStartUtcHour;
        return (this with { Slices = other.Slices, NightStartUtcHour = hour, Events = Events ?? other.Events }).ToJson() == other.ToJson();
    }

    /// <summary>Names of the properties of survey.json that differ, except slices.</summary>
    public IReadOnlyList<string> DifferencesFrom(SurveyDefinition other)
    {
        using var one = JsonDocument.Parse(ToJson());
        using var two = JsonDocument.Parse(other.ToJson());
        string? Text(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetRawText() : null;
        return [.. one.RootElement.EnumerateObject().Concat(two.RootElement.EnumerateObject()).Select(property => property.Name).Distinct()
            .Where(name => name != Fields.Slices.Name && Text(one, name) != Text(two, name))];
    }

    /// <summary>The JSON schema of survey.json (draft 7), which is also the file survey.schema.json of this project.</summary>
    public static string JsonSchema() => SurveySchema.Write();
}
