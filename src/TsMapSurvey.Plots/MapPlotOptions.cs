namespace TsMapSurvey.Plots;

/// <summary>What a plot of a map shows.</summary>
public sealed record MapPlotOptions
{
    /// <summary>The quantity's name: label, unit and colours follow from it.</summary>
    public string Quantity { get; init; } = "sqrt_ts";

    /// <summary>Null: that of the quantity. For maps whose quantity nobody knows: <see cref="QuantityLabels.Neutral"/>.</summary>
    public QuantityLabel? Label { get; init; }

    public string? Title { get; init; }

    /// <summary>Null: that of the quantity.</summary>
    public ColorScale? Scale { get; init; }

    /// <summary>
    /// Null: the sum of all planes of a quantity that adds up (counts, ...), where any plane of a mask is set, the first one of any other.
    /// </summary>
    public int? Plane { get; init; }

    /// <summary>Values along which lines are drawn, for example 5 of sqrt_ts.</summary>
    public IReadOnlyList<double> Contours { get; init; } = [];

    /// <summary>Those outside the image are left out.</summary>
    public IReadOnlyList<SourceMarker> Markers { get; init; } = [];
}
