namespace TsMapSurvey.Surveys;

/// <summary>
/// The survey's tiles: squares of one pixel grid, or the HEALPix cells of the whole sky. The grid is either explicit (frame, projection,
/// pixel size, width, height, centre) or that of the MapDataset file <see cref="Like"/>. With Like, width and height are optional and
/// extend or crop the file's grid around its centre by whole pixels. The file's grid may also have the projections SIN, ARC, STG and ZEA if
/// every pixel is on the sky. AIT, MOL and SFL are not supported, as tiles away from the reference point would be sheared.
/// </summary>
public sealed record TilingDefinition
{
    public const int DefaultTilePixels = 128;

    /// <summary>The value of <see cref="Kind"/> for square blocks of one pixel grid.</summary>
    public const string GridKind = "grid";

    /// <summary>
    /// The value of <see cref="Kind"/> for the whole sky, with one tile for each HEALPix cell of <see cref="Order"/>, each with pixels of
    /// <see cref="PixelSizeDeg"/>. The other properties are not used.
    /// </summary>
    public const string HealpixKind = "healpix";

    public const int DefaultOrder = 3;

    /// <summary>grid or healpix.</summary>
    public string Kind { get; init; } = GridKind;

    /// <summary>Of a healpix tiling: 2 to 5, which are 192 to 12288 tiles. Null for a grid.</summary>
    public int? Order { get; init; }

    /// <summary>galactic, icrs or fk5.</summary>
    public string? Frame { get; init; }

    /// <summary>CAR, whose pixel rows are parallels for every latitude of the centre, or TAN.</summary>
    public string? Projection { get; init; }

    public double? PixelSizeDeg { get; init; }

    public double? WidthDeg { get; init; }

    public double? HeightDeg { get; init; }

    public double CentreLonDeg { get; init; }

    public double CentreLatDeg { get; init; }

    public int TilePixels { get; init; } = DefaultTilePixels;

    /// <summary>A MapDataset file or blob whose grid is used instead of an explicit one.</summary>
    public string? Like { get; init; }
}
