using System.Text.RegularExpressions;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Json;

/// <summary>All properties of survey.json except those of its maps, which are <see cref="Options.MapOptions"/>.</summary>
internal static class Fields
{
    public const string NamePattern = "^[a-z0-9][a-z0-9_-]{0,62}$";
    public const string NameExpected = "1 to 63 lower-case letters, digits, '-' or '_', beginning with a letter or digit";

    /// <summary>Relative, separated by slashes, without empty parts or parts that begin with a dot, and with a slash at the end.</summary>
    private const string PrefixPattern = "^([A-Za-z0-9_-][A-Za-z0-9._-]*/)+$";

    private const string LikeText = "A MapDataset file or blob whose geometry is used.";

    public static readonly TextField Name = new("name", "Name of the survey, used in URLs and file names.", NameExpected)
    { Pattern = NamePattern, Required = true };
    public static readonly TextField Observations = new(
        "observations", "Prefix of the observations in the store.", "a prefix like 'observations/'")
    { Pattern = PrefixPattern, Default = SurveyDefinition.DefaultObservations };
    public static readonly ObjectField Tiling = new(
        "tiling", "The survey's pixel grid and its tiles, or HEALPix cells of the whole sky.",
        "an object with a pixel grid, or with like, or of the kind healpix")
    { Required = true };
    public static readonly ObjectField EnergyAxis = new(
        "energyAxis", "Axis of reconstructed energy.", "an object with minTeV, maxTeV and bins or fmocOrder, or edgesTeV, or like")
    { Required = true };
    public static readonly ObjectField TrueEnergyAxis = new("trueEnergyAxis", "Axis of true energy.", EnergyAxis.Expected)
    { Required = true };
    public static readonly ObjectField Maps = new(
        "maps", "The TS maps of every tile, by name; each has the options of tsmap compute.", "an object with at least one map")
    { Required = true };
    public static readonly TextField Irfs = new(
        "irfs",
        "Origin of the kernels' PSF, energy dispersion and exposure: 'tile' for each tile's stack, or a MapDataset file or blob.",
        "'tile', or a file name")
    { Pattern = "\\S", Default = SurveyDefinition.IrfsOfTile };
    public static readonly FlagField Resample = new(
        "resample", "Whether observations on other pixel grids are resampled onto the tiles; without it they are refused.")
    { Default = false };
    public static readonly ListField Slices = new(
        "slices", "Time windows of each map: 'all', or a number of nights up to the newest night with an observation, for example '7d'.",
        new TextField("", "", "'all', or nights from '1d' to '366d'") { Pattern = TimeSlice.Pattern })
    { MinItems = 1, Default = new[] { TimeSlice.AllName } };
    public static readonly NumberField NightStartUtcHour = new(
        "nightStartUtcHour",
        "Hour (UTC) at which a night begins. A night is the 24 hours from this hour; use noon at the telescope.")
    { AtLeast = 0, Below = 24, Default = SurveyDefinition.DefaultNightStartUtcHour };
    public static readonly TextField Schema = new("$schema", "JSON schema with which editors check this file.", "a URL");
    public static readonly Field[] OfSurvey =
        [Schema, Name, Observations, Tiling, EnergyAxis, TrueEnergyAxis, Maps, Irfs, Resample, Slices, NightStartUtcHour,
            EventsFields.Events];

    public static readonly TextField Kind = new(
        "kind",
        "How the sky is divided. grid: square blocks of one pixel grid; healpix: the whole sky, one tile for each HEALPix cell of an "
        + "order, each with pixels of its own.",
        "one of grid, healpix")
    { OneOf = [TilingDefinition.GridKind, TilingDefinition.HealpixKind], Default = TilingDefinition.GridKind };
    public static readonly NumberField Order = new(
        "order", "Order of the HEALPix cells of the kind healpix: 12 * 4^order tiles, 7.3 degrees wide at order 3.")
    { IsInteger = true, AtLeast = HealpixTiling.LowestOrder, AtMost = HealpixTiling.HighestOrder, Default = TilingDefinition.DefaultOrder };
    public static readonly TextField Frame = new("frame", "Coordinate frame of the grid.", "one of galactic, icrs, fk5")
    { OneOf = ["galactic", "icrs", "fk5"] };
    public static readonly TextField Projection = new(
        "projection",
        "Projection of the grid. Rows of a CAR grid are parallels for every latitude of the centre. For SIN, ARC, STG and ZEA use like.",
        "one of CAR, TAN")
    { OneOf = ["CAR", "TAN"], Default = "CAR" };
    public static readonly NumberField PixelSizeDeg = new("pixelSizeDeg", "Side of a pixel in degrees.") { Above = 0, AtMost = 10 };
    public static readonly NumberField WidthDeg = new("widthDeg", "Width of the survey in degrees, rounded to whole pixels.")
    { Above = 0, AtMost = 360 };
    public static readonly NumberField HeightDeg = new("heightDeg", "Height of the survey in degrees, rounded to whole pixels.")
    { Above = 0, AtMost = 180 };
    public static readonly NumberField CentreLonDeg = new("centreLonDeg", "Longitude of the centre in degrees.")
    { AtLeast = -360, AtMost = 360, Default = 0.0 };
    public static readonly NumberField CentreLatDeg = new("centreLatDeg", "Latitude of the centre in degrees.")
    { AtLeast = -90, AtMost = 90, Default = 0.0 };
    public static readonly NumberField TilePixels = new("tilePixels", "Side of a tile in pixels.")
    { IsInteger = true, AtLeast = 1, AtMost = 4096, Default = TilingDefinition.DefaultTilePixels };
    public static readonly TextField Like = new("like", LikeText, "a file name") { Pattern = "\\S" };
    public static readonly Field[] OfTiling = [Kind, Order, Frame, Projection, PixelSizeDeg, WidthDeg, HeightDeg, CentreLonDeg,
        CentreLatDeg, TilePixels, Like];

    /// <summary>Required without like. With like, the properties of the second list are not allowed.</summary>
    public static readonly Field[] ExplicitGrid = [Frame, PixelSizeDeg, WidthDeg, HeightDeg];
    public static readonly Field[] NotBesideLike = [Order, Frame, Projection, PixelSizeDeg, CentreLonDeg, CentreLatDeg];

    /// <summary>Required and not allowed with the kind healpix.</summary>
    public static readonly Field[] OfHealpix = [PixelSizeDeg];
    public static readonly Field[] NotOfHealpix =
        [Frame, Projection, WidthDeg, HeightDeg, CentreLonDeg, CentreLatDeg, TilePixels, Like];

    public static readonly NumberField MinTeV = new("minTeV", "Lower end of the axis in TeV.") { Above = 0 };
    public static readonly NumberField MaxTeV = new("maxTeV", "Upper end of the axis in TeV.") { Above = 0 };
    public static readonly NumberField Bins = new("bins", "Number of bins, which have equal logarithmic widths.")
    { IsInteger = true, AtLeast = 1, AtMost = 1000 };
    public static readonly NumberField FmocOrder = new(
        "fmocOrder",
        "Order of the frequency cells (IVOA MOC) that are the bins, instead of their number. minTeV and maxTeV are edges of such cells, to "
            + "0.1 %. As energyAxis, such a survey has HiPS cubes.")
    { IsInteger = true, AtLeast = Grids.FrequencyAxis.LowestOrder, AtMost = Grids.FrequencyAxis.HighestOrder };
    public static readonly ListField EdgesTeV = new("edgesTeV", "Edges in TeV, increasing.", new NumberField("", "") { Above = 0 })
    { MinItems = 2 };
    public static readonly Field[] OfAxis = [MinTeV, MaxTeV, Bins, FmocOrder, EdgesTeV, Like];
    public static readonly Field[][] AxisForms = [[MinTeV, MaxTeV, Bins], [MinTeV, MaxTeV, FmocOrder], [EdgesTeV], [Like]];

    /// <summary>Excludes a final line break, before which .NET's $ also matches.</summary>
    public static bool Matches(string text, string pattern) =>
        !text.EndsWith('\n') && Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
