namespace TsMapSurvey.Server.Api.Points;

/// <summary>The values of the pixel that contains a position; null where there is no value.</summary>
/// <param name="Ra">As requested, in degrees, ICRS.</param>
/// <param name="Lon">In the survey's own frame.</param>
/// <param name="PixelX">In the survey's grid, counted from 0.</param>
/// <param name="State">State of the map: ready, computing, empty or failed.</param>
/// <param name="FluxUl">Upper limit; null if the map has no limits.</param>
/// <param name="Counts">In the pixel, summed over reconstructed energy, like background and excess.</param>
/// <param name="Exposure">In the pixel, in m2 s: the mean from EnergyMinTeV to EnergyMaxTeV, weighted with the map's spectrum.</param>
/// <param name="Status">Flags that describe the result of the fit.</param>
/// <param name="WindowStart">Start of the first night of the slice; null for the slice all.</param>
/// <param name="StackRevision">Of counts, background, excess and exposure.</param>
internal sealed record PointAnswer(
    double Ra, double Dec, double Lon, double Lat, string Frame, string Tile, int PixelX, int PixelY, string Map, double EnergyMinTeV,
    double EnergyMaxTeV,
    string State, string? Reason, double? Ts, double? SqrtTs, double? Norm, double? NormErr, double? Flux, double? FluxErr, double? FluxUl,
    double? Counts, double? Background, double? Excess, double? Exposure, IReadOnlyList<string> Status,
    long Revision, DateTimeOffset? ComputedAt, bool Stale, string Slice, DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd,
    long StackRevision);
