using System.Text.RegularExpressions;

namespace TsMapSurvey.Surveys.Json;

/// <summary>Every property of survey.json but those of its maps, which are <see cref="Options.MapOptions"/>.</summary>
internal static class Fields
{
    public const string NamePattern = "^[a-z0-9][a-z0-9_-]{0,62}$";
    public const string NameExpected = "1 to 63 lower-case letters, digits, '-' or '_', the first a letter or digit";

    /// <summary>Relative, slash-separated, no empty or dotted part, ends in a slash.</summary>
    private const string PrefixPattern = "^([A-Za-z0-9_-][A-Za-z0-9._-]*/)+$";

    private const string LikeText = "A MapDataset file or blob to take it from.";

    public static readonly TextField Name = new("name", "Name of the survey, part of addresses and file names.", NameExpected)
    { Pattern = NamePattern, Required = true };
    public static readonly TextField Observations = new(
        "observations", "Prefix in the store under which observations arrive.", "a prefix like 'observations/'")
    { Pattern = PrefixPattern, Default = SurveyDefinition.DefaultObservations };
    public static readonly ObjectField Tiling = new(
        "tiling", "The survey's pixel grid and its tiles.", "an object with a pixel grid, or like a file")
    { Required = true };
    public static readonly ObjectField EnergyAxis = new(
        "energyAxis", "Reconstructed energy.", "an object with minTeV, maxTeV and bins, or edgesTeV, or like")
    { Required = true };
    public static readonly ObjectField TrueEnergyAxis = new("trueEnergyAxis", "True energy.", EnergyAxis.Expected) { Required = true };
    public static readonly ObjectField Maps = new(
        "maps", "The TS maps of every tile, by name; each takes the options of compute.", "an object with at least one map")
    { Required = true };
    public static readonly TextField Irfs = new(
        "irfs",
        "Whose PSF, energy dispersion and exposure make the kernels: 'tile' for each tile's own, or a MapDataset file or blob for all.",
        "'tile', or the name of a file")
    { Pattern = "\\S", Default = SurveyDefinition.IrfsOfTile };
    public static readonly FlagField Resample = new(
        "resample", "Whether observations on other grids are resampled; only false is possible yet.")
    { Default = false };
    public static readonly ListField Slices = new(
        "slices", "Windows of time that each map can be asked for: 'all', and so many nights up to the newest one that has an observation.",
        new TextField("", "", "'all', or nights from '1d' to '366d'") { Pattern = TimeSlice.Pattern })
    { MinItems = 1, Default = new[] { TimeSlice.AllName } };
    public static readonly NumberField NightStartUtcHour = new(
        "nightStartUtcHour",
        "When a night begins, in hours UTC: all that starts from then on for a day is one night. Noon where the telescope is.")
    { AtLeast = 0, Below = 24, Default = SurveyDefinition.DefaultNightStartUtcHour };
    public static readonly TextField Schema = new("$schema", "The schema that editors check this file with.", "an address");
    public static readonly Field[] OfSurvey =
        [Schema, Name, Observations, Tiling, EnergyAxis, TrueEnergyAxis, Maps, Irfs, Resample, Slices, NightStartUtcHour];

    public static readonly TextField Kind = new("kind", "How the sky is divided: aligned square blocks of one pixel grid.", "'grid'")
    { OneOf = ["grid"], Default = "grid" };
    public static readonly TextField Frame = new("frame", "Coordinates of the grid.", "one of galactic, icrs, fk5")
    { OneOf = ["galactic", "icrs", "fk5"] };
    public static readonly TextField Projection = new(
        "projection",
        "Of a CAR grid, rows are parallels whatever the centre's latitude. Other projections: like a file, of a zenithal one.",
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
    { Whole = true, AtLeast = 1, AtMost = 4096, Default = TilingDefinition.DefaultTilePixels };
    public static readonly TextField Like = new("like", LikeText, "the name of a file") { Pattern = "\\S" };
    public static readonly Field[] OfTiling = [Kind, Frame, Projection, PixelSizeDeg, WidthDeg, HeightDeg, CentreLonDeg,
        CentreLatDeg, TilePixels, Like];

    /// <summary>Without like, these must be there; with it, those of the second list must not.</summary>
    public static readonly Field[] ExplicitGrid = [Frame, PixelSizeDeg, WidthDeg, HeightDeg];
    public static readonly Field[] NotBesideLike = [Frame, Projection, PixelSizeDeg, CentreLonDeg, CentreLatDeg];

    public static readonly NumberField MinTeV = new("minTeV", "Lowest edge in TeV.") { Above = 0 };
    public static readonly NumberField MaxTeV = new("maxTeV", "Highest edge in TeV.") { Above = 0 };
    public static readonly NumberField Bins = new("bins", "Bins of equal logarithmic width.") { Whole = true, AtLeast = 1, AtMost = 1000 };
    public static readonly ListField EdgesTeV = new("edgesTeV", "Edges in TeV, increasing.", new NumberField("", "") { Above = 0 })
    { MinItems = 2 };
    public static readonly Field[] OfAxis = [MinTeV, MaxTeV, Bins, EdgesTeV, Like];
    public static readonly Field[][] AxisForms = [[MinTeV, MaxTeV, Bins], [EdgesTeV], [Like]];

    /// <summary>.NET's $ matches before a final line break too, which no name may have.</summary>
    public static bool Matches(string text, string pattern) =>
        !text.EndsWith('\n') && Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
