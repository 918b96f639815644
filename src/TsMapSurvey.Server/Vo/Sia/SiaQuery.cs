using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Sky;
using TsMapSurvey.Sky.Regions;

namespace TsMapSurvey.Server.Vo.Sia;

/// <summary>
/// The constraints of SIA 2.0 (IVOA Recommendation, 2015-12-23), section 2.1: a row must meet all that are given, and of each any of its
/// values. A constraint of something that the row does not know is not met.
/// </summary>
internal sealed class SiaQuery
{
    /// <summary>Constraints of quantities that no row knows: these maps have no polarization, resolution or instrument's name.</summary>
    private static readonly string[] NeverMet = ["POL", "SPATRES", "SPECRP", "TIMERES", "FACILITY", "INSTRUMENT"];

    private readonly VoParameters _parameters;
    private readonly IReadOnlyList<SkyRegion> _regions;
    private readonly IReadOnlyList<Interval> _times;
    private readonly IReadOnlyList<Interval> _exposures;
    private readonly (string Name, IReadOnlyList<Interval> Any, Func<SiaRow, (double Min, double Max)> Of)[] _intervals;
    private readonly (string Name, IReadOnlyList<string> Any, Func<SiaRow, string> Of)[] _texts;

    public SiaQuery(VoParameters parameters)
    {
        (_parameters, _regions, _times) = (parameters, parameters.Regions(), parameters.Intervals("TIME"));
        _exposures = parameters.Intervals("EXPTIME");
        foreach (var name in NeverMet.Where(name => name is "SPATRES" or "SPECRP" or "TIMERES")) parameters.Intervals(name);
        _intervals =
        [
            ("BAND", parameters.Intervals("BAND"), row => (row.WavelengthMinM, row.WavelengthMaxM)),
            ("FOV", parameters.Intervals("FOV"), row => (row.FieldDeg, row.FieldDeg)),
        ];
        _texts =
        [
            ("DPTYPE", parameters.All("DPTYPE"), row => row.Type), ("CALIB", parameters.All("CALIB"), row => $"{row.Level}"),
            ("TARGET", parameters.All("TARGET"), row => row.Target), ("FORMAT", parameters.All("FORMAT"), row => row.Product.Format),
        ];
        CheckWords("DPTYPE", ["image", "cube"]);
        CheckWords("CALIB", ["0", "1", "2", "3", "4"]);
        Ids = parameters.All("ID");
        parameters.Check();
    }

    /// <summary>Identifiers of the products that are asked for; empty: all.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Whether no row can meet the constraints.</summary>
    public bool IsHopeless => NeverMet.Any(name => _parameters.All(name).Count > 0);

    public bool HasSurvey(string survey) => IsAny(_parameters.All("COLLECTION"), survey);

    /// <summary>Whether a place is at one of the positions; the whole survey is where one of its tiles is.</summary>
    public bool HasPlace(ProductPlace place) => _regions.Count == 0 || place.Tiles.Any(tile =>
        IsTouched(place.Survey.Survey.Tiling, new TileId(tile.Tile)));

    /// <summary>Everything but position, time and exposure.</summary>
    public bool HasRow(SiaRow row) =>
        _intervals.All(constraint => constraint.Any.Count == 0 || constraint.Any.Any(interval =>
            interval.Overlaps(constraint.Of(row).Min, constraint.Of(row).Max)))
        && _texts.All(constraint => IsAny(constraint.Any, constraint.Of(row)));

    public bool HasTime(ObservedTime time) =>
        (_times.Count == 0 || _times.Any(interval => interval.Overlaps(time.StartMjd, time.EndMjd)))
        && (_exposures.Count == 0 || _exposures.Any(interval => interval.Contains(time.ExposureS)));

    private bool IsTouched(ITiling tiling, TileId tile) =>
        _regions.Any(region => region.Touches(tiling.GridOf(tile), tiling.Owned(tile, 0)));

    private void CheckWords(string name, string[] known)
    {
        foreach (var word in _parameters.All(name).Except(known)) _parameters.Wrong(name, word, $"one of {string.Join(", ", known)}");
    }

    private static bool IsAny(IReadOnlyList<string> any, string value) => any.Count == 0 || any.Contains(value);
}
