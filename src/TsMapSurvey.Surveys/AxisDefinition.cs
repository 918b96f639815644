namespace TsMapSurvey.Surveys;

/// <summary>
/// An energy axis in exactly one of four forms: logarithmic bins between two energies, the frequency cells between two energies, explicit
/// edges, or the axis of a MapDataset file.
/// </summary>
public sealed record AxisDefinition
{
    public double? MinTeV { get; init; }

    public double? MaxTeV { get; init; }

    public int? Bins { get; init; }

    /// <summary>The order of the frequency cells (<see cref="Sky.FrequencyCells"/>) that are the bins.</summary>
    public int? FmocOrder { get; init; }

    /// <summary>Edges above zero, increasing.</summary>
    public IReadOnlyList<double>? EdgesTeV { get; init; }

    public string? Like { get; init; }

    public static AxisDefinition LogBins(double minTeV, double maxTeV, int bins) => new() { MinTeV = minTeV, MaxTeV = maxTeV, Bins = bins };
}
