namespace TsMapSurvey.Server.Api.Points;

/// <summary>
/// All that is known of one position: the values of the pixel that it falls in. Null where nothing was fitted, or nothing is there yet.
/// </summary>
/// <param name="Ra">As asked for, ICRS degrees.</param>
/// <param name="Lon">In the survey's own frame.</param>
/// <param name="PixelX">In the survey's grid, from 0.</param>
/// <param name="State">ready, computing, empty or failed: of the map.</param>
/// <param name="FluxUl">Upper limit; null for a map without.</param>
/// <param name="Counts">In the pixel, summed over reconstructed energy, as background and excess.</param>
/// <param name="Exposure">m² s in the pixel: the mean from EnergyMinTeV to EnergyMaxTeV, weighted with the map's spectrum.</param>
/// <param name="Status">How the fit ended, in words.</param>
/// <param name="WindowStart">When the first night of the slice begins; null of all. WindowEnd: when the last one ends.</param>
/// <param name="StackRevision">Of counts, background, excess and exposure.</param>
internal sealed record PointAnswer(
    double Ra, double Dec, double Lon, double Lat, string Frame, string Tile, int PixelX, int PixelY, string Map, double EnergyMinTeV,
    double EnergyMaxTeV,
    string State, string? Reason, double? Ts, double? SqrtTs, double? Norm, double? NormErr, double? Flux, double? FluxErr, double? FluxUl,
    double? Counts, double? Background, double? Excess, double? Exposure, IReadOnlyList<string> Status,
    long Revision, DateTimeOffset? ComputedAt, bool Stale, string Slice, DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd,
    long StackRevision);
