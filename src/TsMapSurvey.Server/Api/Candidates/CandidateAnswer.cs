using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Candidates;

/// <summary>A peak of sqrt_ts.</summary>
/// <param name="Ra">ICRS degrees; Lon and Lat: in the survey's own frame.</param>
/// <param name="PixelX">In the survey's grid, from 0; where the survey has none, in the image of the tile that owns the position.</param>
/// <param name="Flux">cm-2 s-1 in the energy bin, with its error, and its upper limit where the map has one.</param>
/// <param name="PosErr">Radius in degrees that holds the source with 68 %; semi-axes of the ellipse, and the major one's angle from north
/// through east.</param>
/// <param name="AtEdge">Whether it touches the end of its tile's data.</param>
/// <param name="Brighter">Separation in degrees to the nearest more significant candidate of the energy bin.</param>
/// <param name="WindowStart">When the first night of the slice begins; null of all. WindowEnd: when the last one ends.</param>
/// <param name="Revision">Of the whole list, as ComputedAt and Stale; TileRevision: of the tile's map.</param>
internal sealed record CandidateAnswer(
    double Ra, double Dec, double Lon, double Lat, double SqrtTs, double Ts, double Flux, double? FluxErr, int EnergyBin,
    double EnergyMinTeV, double EnergyMaxTeV,
    string Map, string Tile, int PixelX, int PixelY, long Revision, DateTimeOffset? ComputedAt, bool Stale,
    double? FluxUl, double? PosErr, double? PosErrMajor, double? PosErrMinor, double? PosErrAngle, bool AtEdge, double? Brighter,
    string Slice, DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd, long TileRevision)
{
    public static CandidateAnswer Of(Candidate candidate, KnownSurvey survey, string map, Standing standing)
    {
        var position = new SkyPosition(candidate.RaDeg, candidate.DecDeg, SkyFrame.Icrs);
        var own = position.To(survey.Survey.Tiling.Frame);
        var (x, y) = survey.PixelOf(position) ?? (-1, -1);
        return new CandidateAnswer(
            candidate.RaDeg, candidate.DecDeg, own.LonDeg, own.LatDeg, candidate.SqrtTs, candidate.Ts, candidate.Flux, candidate.FluxErr,
            candidate.EnergyBin,
            candidate.EnergyMinTeV, candidate.EnergyMaxTeV, map, candidate.Tile, x, y, standing.Revision, standing.ComputedAt,
            standing.Stale,
            candidate.FluxUl, candidate.PosErrDeg, candidate.PosErrMajorDeg, candidate.PosErrMinorDeg, candidate.PosErrAngleDeg,
            candidate.AtEdge, candidate.BrighterDeg,
            standing.Slice, standing.Window?.Start, standing.Window?.End, candidate.Revision);
    }

    /// <summary>The same as a table, with the columns that candidates of a file have, tile and revision behind them.</summary>
    public static DataTable ToTable(IReadOnlyList<CandidateAnswer> answers, string survey, string map, Standing standing) => PeakTable.Of(
        [.. answers.Select(answer => answer.ToPeak())],
        [
            TableColumn.Of("tile", answers.Select(answer => answer.Tile), "The tile that owns the pixel", "meta.id"),
            TableColumn.Of(
                "tile_revision", answers.Select(answer => answer.TileRevision), "Revision of the tile's map", null, "meta.version"),
        ],
        [
            ("CREATOR", "TsMapSurvey"), ("SURVEY", survey), ("MAP", map), ("REVISION", standing.Revision), ("STALE", standing.Stale),
            ("SLICE", standing.Slice),
            .. standing.Missing is { } missing ? new (string, object)[] { ("MISSING", missing) } : [],
            .. standing.Window is { } window
                ? new (string, object)[] { ("WINSTART", Time(window.Start)), ("WINEND", Time(window.End)) } : [],
        ]);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture);

    private Peak ToPeak() => new(
        new SkyPosition(Ra, Dec, SkyFrame.Icrs),
            new PositionError(Number(PosErr), Number(PosErrMajor), Number(PosErrMinor), Number(PosErrAngle)),
        PixelX, PixelY, EnergyBin, EnergyMinTeV, EnergyMaxTeV, SqrtTs, Ts, Flux, Number(FluxErr), Number(FluxUl), AtEdge, Number(Brighter));

    private static double Number(double? value) => value ?? double.NaN;
}
