namespace TsMapSurvey.Surveys;

/// <summary>
/// The survey's pixel grid and its tiles. Either explicit (frame, projection, pixel size, width, height, centre) or <see cref="Like"/>
/// a MapDataset file: its grid, and its size too unless width and height are given, which then grow or shrink it about its centre by whole
/// pixels. The file's grid may be in the projections SIN, ARC, STG and ZEA too, all on the sky; in AIT, MOL and SFL tiles away from the
/// reference point would be sheared.
/// </summary>
public sealed record TilingDefinition
{
    public const int DefaultTilePixels = 128;

    /// <summary>grid: aligned square blocks of one pixel grid.</summary>
    public string Kind { get; init; } = "grid";

    /// <summary>galactic, icrs or fk5.</summary>
    public string? Frame { get; init; }

    /// <summary>CAR (pixel rows are parallels, whatever the centre's latitude) or TAN.</summary>
    public string? Projection { get; init; }

    public double? PixelSizeDeg { get; init; }

    public double? WidthDeg { get; init; }

    public double? HeightDeg { get; init; }

    public double CentreLonDeg { get; init; }

    public double CentreLatDeg { get; init; }

    public int TilePixels { get; init; } = DefaultTilePixels;

    /// <summary>A MapDataset file or blob instead of the explicit numbers.</summary>
    public string? Like { get; init; }
}
