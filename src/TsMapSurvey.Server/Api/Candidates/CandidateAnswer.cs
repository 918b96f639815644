using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Candidates;

/// <summary>A peak of sqrt_ts.</summary>
/// <param name="Ra">Degrees, ICRS; Lon and Lat: in the survey's own frame.</param>
/// <param name="PixelX">In the survey's grid, counted from 0; without a common grid, in the image of the tile that owns it.</param>
/// <param name="Flux">In the energy bin, in cm-2 s-1, with its error, and its upper limit if the map has limits.</param>
/// <param name="PosErr">Radius in degrees that contains the source with a probability of 68 %.</param>
/// <param name="AtEdge">Whether it touches the edge of its tile's data.</param>
/// <param name="Brighter">Degrees to the nearest more significant candidate of the energy bin; null if there is none.</param>
/// <param name="WindowStart">Start of the first night of the slice; null for the slice all.</param>
/// <param name="Revision">Of the whole list, like ComputedAt and Stale; TileRevision is that of the tile's map.</param>
internal sealed record CandidateAnswer(
    double Ra, double Dec, double Lon, double Lat, double SqrtTs, double Ts, double Flux, double? FluxErr, int EnergyBin,
    double EnergyMinTeV, double EnergyMaxTeV,
    string Map, string Tile, int PixelX, int PixelY, long Revision, DateTimeOffset? ComputedAt, bool Stale,
    double? FluxUl, double? PosErr, double? PosErrMajor, double? PosErrMinor, double? PosErrAngle, bool AtEdge, double? Brighter,
    string Slice, DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd, long TileRevision)
{
    public static CandidateAnswer Of(Candidate candidate, KnownSurvey survey, string map, DataVersion version)
    {
        var position = new SkyPosition(candidate.RaDeg, candidate.DecDeg, SkyFrame.Icrs);
        var own = position.To(survey.Survey.Tiling.Frame);
        var (x, y) = survey.PixelOf(position) ?? (-1, -1);
        return new CandidateAnswer(
            candidate.RaDeg, candidate.DecDeg, own.LonDeg, own.LatDeg, candidate.SqrtTs, candidate.Ts, candidate.Flux, candidate.FluxErr,
            candidate.EnergyBin,
            candidate.EnergyMinTeV, candidate.EnergyMaxTeV, map, candidate.Tile, x, y, version.Revision, version.ComputedAt,
            version.Stale,
            candidate.FluxUl, candidate.PosErrDeg, candidate.PosErrMajorDeg, candidate.PosErrMinorDeg, candidate.PosErrAngleDeg,
            candidate.AtEdge, candidate.BrighterDeg,
            version.Slice, version.Window?.Start, version.Window?.End, candidate.Revision);
    }

    /// <summary>The candidates as a table with the same columns as candidates of a file, followed by tile and revision.</summary>
    public static DataTable ToTable(IReadOnlyList<CandidateAnswer> answers, string survey, string map, DataVersion version) => PeakTable.Of(
        [.. answers.Select(answer => answer.ToPeak())],
        [
            TableColumn.Of("tile", answers.Select(answer => answer.Tile), "The tile that owns the pixel", "meta.id"),
            TableColumn.Of(
                "tile_revision", answers.Select(answer => answer.TileRevision), "Revision of the tile's map", null, "meta.version"),
        ],
        [
            ("CREATOR", "TsMapSurvey"), ("SURVEY", survey), ("MAP", map), ("REVISION", version.Revision), ("STALE", version.Stale),
            ("SLICE", version.Slice),
            .. version.Missing is { } missing ? new (string, object)[] { ("MISSING", missing) } : [],
            .. version.Window is { } window
                ? new (string, object)[] { ("WINSTART", Time(window.Start)), ("WINEND", Time(window.End)) } : [],
        ]);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture);

    private Peak ToPeak() => new(
        new SkyPosition(Ra, Dec, SkyFrame.Icrs),
            new PositionError(Number(PosErr), Number(PosErrMajor), Number(PosErrMinor), Number(PosErrAngle)),
        PixelX, PixelY, EnergyBin, EnergyMinTeV, EnergyMaxTeV, SqrtTs, Ts, Flux, Number(FluxErr), Number(FluxUl), AtEdge, Number(Brighter));

    private static double Number(double? value) => value ?? double.NaN;
}
