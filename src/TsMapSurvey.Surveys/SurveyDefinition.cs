using System.Text.Json;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys;

/// <summary>A survey as its user writes it (survey.json). Properties that are not set have the file's defaults.</summary>
public sealed record SurveyDefinition
{
    public const string DefaultObservations = "observations/";

    /// <summary>The word of <see cref="Irfs"/> for each tile's own stack.</summary>
    public const string IrfsOfTile = "tile";

    /// <summary>Noon at Greenwich: no night of an observatory in Europe, Africa or the Canaries contains it.</summary>
    public const double DefaultNightStartUtcHour = 12;

    /// <summary>Part of addresses and file names: lower-case letters, digits, - and _.</summary>
    public required string Name { get; init; }

    /// <summary>Prefix in the store under which observations arrive; ends in a slash.</summary>
    public string Observations { get; init; } = DefaultObservations;

    public required TilingDefinition Tiling { get; init; }

    public required AxisDefinition EnergyAxis { get; init; }

    public required AxisDefinition TrueEnergyAxis { get; init; }

    /// <summary>At least one, by name, in the order of the file.</summary>
    public required IReadOnlyDictionary<string, MapDefinition> Maps { get; init; }

    /// <summary>Whose PSF, EDISP and exposure make the kernels: <c>tile</c>, or a MapDataset file or blob that serves every tile.</summary>
    public string Irfs { get; init; } = IrfsOfTile;

    /// <summary>Whether observations on other grids are resampled; only false is possible yet.</summary>
    public bool Resample { get; init; }

    /// <summary>Windows of time that maps can be asked for, by their names (<see cref="TimeSlice"/>); <c>all</c> is among them.</summary>
    public IReadOnlyList<string> Slices { get; init; } = OnlyAll;

    /// <summary>When a night begins: from 0 to less than 24.</summary>
    public double NightStartUtcHour { get; init; } = DefaultNightStartUtcHour;

    internal static IReadOnlyList<string> OnlyAll { get; } = [TimeSlice.AllName];

    /// <summary>
    /// The file that tiling or axes are like: it must be read before <see cref="Survey.Resolve"/>. Null when all is explicit.
    /// </summary>
    public string? Like => Tiling.Like ?? EnergyAxis.Like ?? TrueEnergyAxis.Like;

    /// <summary>Reads a survey.json.</summary>
    /// <exception cref="SurveyException">Lists every problem of the whole text, each with its JSON path.</exception>
    public static SurveyDefinition Parse(string json) => SurveyParser.Parse(json);

    /// <summary>
    /// Reads a survey.json from a disk: model files that it names, relative to its folder, become text within the definition.
    /// </summary>
    /// <exception cref="SurveyException">Lists every problem, those of the model files included.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SurveyDefinition ReadFile(string path) =>
        SurveyParser.Parse(File.ReadAllText(path), Path.GetDirectoryName(Path.GetFullPath(path)));

    /// <summary>
    /// The definition as survey.json; what has its default is left out. <see cref="Parse"/> gives back the same definition.
    /// </summary>
    public string ToJson() => SurveyWriter.Write(this);

    /// <summary>
    /// Whether another definition may take this one's place: slices say what is asked of the tiles and change nothing in them, nor does the
    /// hour that nights begin at where there were none.
    /// </summary>
    public bool MayBecome(SurveyDefinition other)
    {
        var hour = Slices.Count > 1 ? NightStartUtcHour : other.NightStartUtcHour;
        return (this with { Slices = other.Slices, NightStartUtcHour = hour }).ToJson() == other.ToJson();
    }

    /// <summary>The properties of survey.json that differ, but for the slices.</summary>
    public IReadOnlyList<string> DifferencesFrom(SurveyDefinition other)
    {
        using var one = JsonDocument.Parse(ToJson());
        using var two = JsonDocument.Parse(other.ToJson());
        string? Text(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetRawText() : null;
        return [.. one.RootElement.EnumerateObject().Concat(two.RootElement.EnumerateObject()).Select(property => property.Name).Distinct()
            .Where(name => name != Fields.Slices.Name && Text(one, name) != Text(two, name))];
    }

    /// <summary>The JSON schema of survey.json (draft 7), the same as the file survey.schema.json of this project.</summary>
    public static string JsonSchema() => SurveySchema.Write();
}
