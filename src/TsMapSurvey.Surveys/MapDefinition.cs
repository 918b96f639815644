namespace TsMapSurvey.Surveys;

/// <summary>
/// One named TS map of a survey: the options of <c>tsmap compute</c>, as they are written there. Null is the estimator's default.
/// </summary>
public sealed record MapDefinition
{
    /// <summary>point or gauss:0.2deg.</summary>
    public string Spatial { get; init; } = "point";

    /// <summary>Index of the power law.</summary>
    public double Index { get; init; } = 2;

    /// <summary>Of norm 1 at the reference energy: <c>1e-12 cm-2 s-1 TeV-1</c>.</summary>
    public string? Amplitude { get; init; }

    /// <summary>An energy, <c>1 TeV</c>.</summary>
    public string? Reference { get; init; }

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
}
