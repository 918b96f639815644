using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys;

/// <summary>
/// One named TS map of a survey: the options of <c>tsmap compute</c>, as they are written there. Null is the estimator's default.
/// </summary>
public sealed record MapDefinition
{
    /// <summary>point, gauss:0.2deg or disk:0.3deg.</summary>
    public string Spatial { get; init; } = "point";

    /// <summary>Index of the power law.</summary>
    public double Index { get; init; } = 2;

    /// <summary>Of norm 1 at the reference energy: <c>1e-12 cm-2 s-1 TeV-1</c>.</summary>
    public string? Amplitude { get; init; }

    /// <summary>An energy, <c>1 TeV</c>.</summary>
    public string? Reference { get; init; }

    /// <summary>
    /// The source as one component of gammapy's model YAML, the text itself, instead of shape and power law. Null: those.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>Known sources for the null hypothesis: gammapy's model YAML, the text itself.</summary>
    public string? BackgroundModels { get; init; }

    /// <summary>Null: <see cref="Survey.DefaultKernelWidthDeg"/> of the source.</summary>
    public double? KernelWidthDeg { get; init; }

    public double? NSigma { get; init; }

    public double? NSigmaUl { get; init; }

    public double? NSigmaSensitivity { get; init; }

    /// <summary>Ends of the likelihood profile: scan_min=-100,scan_max=100.</summary>
    public string? Norm { get; init; }

    /// <summary>Only where the TS of a guessed norm is above this is a pixel fitted; null: everywhere.</summary>
    public double? Threshold { get; init; }

    public double? Rtol { get; init; }

    public int? MaxNiter { get; init; }

    /// <summary>Quantities beyond the default, by the words of <c>--selection-optional</c>.</summary>
    public IReadOnlyList<string> Selection { get; init; } = [];

    /// <summary>Energies such as <c>10 GeV</c>, or the single word all. Null: one bin over the whole axis.</summary>
    public IReadOnlyList<string>? EnergyEdges { get; init; }

    public bool? SumOverEnergyGroups { get; init; }

    /// <summary>The PSF's kernel is cut at this radius.</summary>
    public double? MaxPsfRadiusDeg { get; init; }

    /// <summary>Null: none. Tiles share their blocks, so that the mosaic is that of one map.</summary>
    public int? DownsamplingFactor { get; init; }

    /// <summary>The estimator's options as a definition: options travel as data. Threads stay behind, they are the machine's.</summary>
    /// <exception cref="SurveyException">A model that no definition can express.</exception>
    public static MapDefinition Of(TsMapOptions options) => MapOfOptions.Create(options);

    /// <summary>Reads one map as it stands in survey.json.</summary>
    /// <exception cref="SurveyException">Lists every problem of the whole text.</exception>
    public static MapDefinition Parse(string json) => SurveyParser.ParseMap(json);

    /// <summary>As it stands in survey.json; what has its default is left out.</summary>
    public string ToJson() => SurveyWriter.Write(this);

    /// <summary>
    /// The options of <c>tsmap compute</c>: unlike a survey's map, one without a kernel width has a kernel as wide as PSF and source need,
    /// at most as the image.
    /// </summary>
    /// <exception cref="SurveyException">Lists every value that cannot be used.</exception>
    public TsMapOptions ToOptions()
    {
        var problems = new List<string>();
        var options = OptionsOfMap.Create(this, "map", problems) with { KernelWidthDeg = KernelWidthDeg };
        return problems.Count == 0 ? options : throw SurveyErrors.Of("map", problems);
    }
}
