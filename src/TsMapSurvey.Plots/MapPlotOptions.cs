namespace TsMapSurvey.Plots;

/// <summary>Options of the plot of a map.</summary>
public sealed record MapPlotOptions
{
    /// <summary>Name of the quantity, which determines label, unit and colours.</summary>
    public string Quantity { get; init; } = "sqrt_ts";

    /// <summary>Null for the label of the quantity. For maps of an unknown quantity use <see cref="QuantityLabels.Neutral"/>.</summary>
    public QuantityLabel? Label { get; init; }

    public string? Title { get; init; }

    /// <summary>Null for the scale of the quantity.</summary>
    public ColorScale? Scale { get; init; }

    /// <summary>
    /// Index of the plane. Null for the sum of all planes of an additive quantity such as counts, for the union of all planes of a mask,
    /// and for the first plane of any other quantity.
    /// </summary>
    public int? Plane { get; init; }

    /// <summary>Levels of contour lines, for example 5 for sqrt_ts.</summary>
    public IReadOnlyList<double> Contours { get; init; } = [];

    /// <summary>Markers outside the image are omitted.</summary>
    public IReadOnlyList<SourceMarker> Markers { get; init; } = [];
}
