using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>
/// Answers positions. What the published map has is read from it, whoever asks and however; the rest is computed from the published stack.
/// </summary>
internal sealed class PointReader(PublishedMaps published, PointFits fits, ByteCache cache)
{
    /// <summary>
    /// The answer for one position with its JSON, kept for later requests. Null if the map or the stack is not published: the next request
    /// may get another answer.
    /// </summary>
    public async Task<WrittenJson<PointAnswer>?> WrittenAsync(
        TilePoints source, int bin, PointPlace place, double? nSigmaUl, CancellationToken cancellationToken)
    {
        var (map, stack, position) = (source.Map, source.Stack, place.Position);
        if (map.Blob is null || stack.Blob is null) return null;
        var name = FormattableString.Invariant(
            $"{map.Blob}/{stack.Blob}/{source.MapName}/{bin}/{position.LonDeg:R},{position.LatDeg:R},{position.Frame}/{nSigmaUl:R}")
            + FormattableString.Invariant($"/{map.State}/{map.Stale}/{map.ComputedAt?.UtcTicks}/{map.Reason}/json");
        return await cache.GetAsync(
            name, async () => WrittenJson<PointAnswer>.Of(await ReadAsync(source, bin, place, nSigmaUl, CancellationToken.None)),
            json => json.ByteSize, cancellationToken);
    }

    /// <summary>One position; its fit is kept for later requests.</summary>
    /// <param name="nSigmaUl">Null: that of the map.</param>
    public async Task<PointAnswer> ReadAsync(
        TilePoints source, int bin, PointPlace place, double? nSigmaUl, CancellationToken cancellationToken)
    {
        var (maps, stack) = await OpenAsync(source, cancellationToken);
        var (fit, reason) = await TryFitAsync(stack, async () => await fits.FitAsync(
            source, bin, (place.X, place.Y), NormOf(source, maps, bin, place), nSigmaUl ?? source.Options.NSigmaUl, cancellationToken));
        return Answer(source, bin, place, maps, stack, fit, nSigmaUl) is var answer && reason is null
            ? answer : answer with { Reason = answer.Reason ?? reason };
    }

    /// <summary>Several positions of one tile.</summary>
    public async Task<PointAnswer[]> ReadAsync(
        TilePoints source, int bin, IReadOnlyList<PointPlace> places, double? nSigmaUl, CancellationToken cancellationToken)
    {
        var (maps, stack) = await OpenAsync(source, cancellationToken);
        var norms = maps is null || !source.IsOfOneRevision
            ? null : places.Select(place => NormOf(source, maps, bin, place)!.Value).ToArray();
        var (made, reason) = await TryFitAsync(stack, () => fits.FitAsync(
            source, bin, [.. places.Select(place => (place.X, place.Y))], norms, nSigmaUl ?? source.Options.NSigmaUl, cancellationToken));
        return [.. places.Select((place, i) =>
        {
            var answer = Answer(source, bin, place, maps, stack, made?[i], nSigmaUl);
            return reason is null ? answer : answer with { Reason = answer.Reason ?? reason };
        })];
    }

    /// <summary>The map's norm of a pixel if it is the best fit of this stack; null if the pixel must be fitted.</summary>
    public static double? NormOf(TilePoints source, FluxMaps? maps, int bin, PointPlace place) =>
        source.IsOfOneRevision ? maps?.Find("norm")?[bin, place.Y, place.X] : null;

    /// <summary>The fit with the values that the published map has for this pixel and energy bin.</summary>
    /// <param name="maps">Null: the map is of another revision, or has no such bin.</param>
    public static PointFit Stored(PointFit fit, FluxMaps? maps, int bin, PointPlace place)
    {
        if (maps is null) return fit;
        double Value(string quantity, double own) =>
            maps.Stored.Contains(quantity) ? maps.Find(quantity)![bin, place.Y, place.X] : own;
        return fit with
        {
            NormErr = Value("norm_err", fit.NormErr),
            NormErrn = Value("norm_errn", fit.NormErrn),
            NormErrp = Value("norm_errp", fit.NormErrp),
            NormUl = IsOfMap(fit.NSigmaUl, maps.NSigmaUl) ? Value("norm_ul", fit.NormUl) : fit.NormUl,
            Ts = Value("ts", fit.Ts),
            StatNull = Value("stat_null", fit.StatNull),
            Iterations = Value("niter", fit.Iterations),
            Status = (FitStatus)(int)Value("status", (double)fit.Status),
        };
    }

    /// <summary>Whether limits asked for are those of the map.</summary>
    private static bool IsOfMap(double nSigmaUl, double ofMap) => Math.Abs(nSigmaUl - ofMap) < 1e-12;

    public async Task<(FluxMaps? Maps, MapDataset? Stack)> OpenAsync(TilePoints source, CancellationToken cancellationToken) =>
    (
        source.Map.Blob is { } blob ? await published.FluxMapsAsync(blob, source.Options, cancellationToken) : null,
        source.Stack.Blob is { } stack ? await published.StackAsync(stack, cancellationToken) : null);

    /// <summary>The answer for a position without any value.</summary>
    public static PointAnswer Outside(KnownSurvey survey, SkyPosition position, string map, int bin, string slice, string reason) =>
        Place(survey, position, map, bin) with { State = "outside", Reason = reason, Slice = slice };

    private static async Task<(T? Fit, string? Reason)> TryFitAsync<T>(MapDataset? stack, Func<Task<T>> fit)
        where T : class
    {
        if (stack is null) return (null, null);
        try
        {
            return (await fit(), null);
        }
        catch (MapException exception)
        {
            return (null, exception.Message);
        }
    }

    private static PointAnswer Answer(
        TilePoints source, int bin, PointPlace place, FluxMaps? maps, MapDataset? stack, PointFit? fit, double? nSigmaUl)
    {
        var (options, ticket, survey) = (source.Options, source.Map, source.Survey);
        var answer = Place(survey, place.Position, source.MapName, bin);
        var flux = FluxKind.Flux.OfModel(options.Model, answer.EnergyMinTeV, answer.EnergyMaxTeV);
        var region = survey.RegionOf(source.Tile);
        var pixel = new PixelRegion(source.Owned.X + place.X, source.Owned.Y + place.Y, 1, 1);
        double? Stored(string quantity) => maps is not null && maps.Stored.Contains(quantity)
            ? maps.Find(quantity)![bin, place.Y, place.X] : null;
        var (counts, background) = stack is null ? (null, null)
            : ((double?)StackPlane.Of(stack, "counts", null, pixel)[0], (double?)StackPlane.Of(stack, "background", null, pixel)[0]);
        var sigma = nSigmaUl ?? options.NSigmaUl;
        var limit = IsOfMap(sigma, options.NSigmaUl) ? Stored("norm_ul") ?? fit?.NormUl : fit?.NormUl;
        var norm = Stored("norm");
        return answer with
        {
            Tile = source.Tile.ToString(),
            PixelX = region.X + place.X,
            PixelY = region.Y + place.Y,
            State = RequestErrors.CamelCase(ticket.State.ToString()),
            Reason = ticket.Reason,
            Ts = Stored("ts"),
            SqrtTs = Stored("sqrt_ts"),
            Norm = norm,
            NormErr = Stored("norm_err"),
            NormUl = limit,
            Flux = norm * flux,
            FluxErr = Stored("norm_err") * flux,
            FluxErrn = (Stored("norm_errn") ?? fit?.NormErrn) * flux,
            FluxErrp = (Stored("norm_errp") ?? fit?.NormErrp) * flux,
            FluxUl = limit * flux,
            NSigmaUl = sigma,
            Confidence = ConfidenceLevel.Of(sigma),
            Counts = counts,
            Background = background,
            Excess = counts - background,
            Exposure = stack is null ? null : BandExposure.Of(stack, options, bin, pixel)[0],
            KernelCounts = fit?.Kernel.Counts,
            KernelBackground = fit?.Kernel.Background,
            KernelExposure = fit?.Kernel.ExposureM2S,
            Signal = fit?.Signal,
            Status = Words(Stored("status")),
            Revision = ticket.Revision,
            ComputedAt = ticket.ComputedAt,
            Stale = ticket.Stale,
            Slice = source.Version.Slice,
            WindowStart = ticket.Window?.Start,
            WindowEnd = ticket.Window?.End,
            StackRevision = source.Stack.Revision,
        };
    }

    private static PointAnswer Place(KnownSurvey survey, SkyPosition position, string map, int bin)
    {
        var (icrs, own, axis) = (position.To(SkyFrame.Icrs), position.To(survey.Survey.Tiling.Frame), survey.Axis(map, "ts"));
        return new PointAnswer
        {
            Ra = NormalizeDeg(icrs.LonDeg),
            Dec = icrs.LatDeg,
            Lon = NormalizeDeg(own.LonDeg),
            Lat = own.LatDeg,
            Frame = RequestErrors.CamelCase(own.Frame.ToString()),
            Map = map,
            EnergyMinTeV = axis.Edges[bin],
            EnergyMaxTeV = axis.Edges[bin + 1],
            State = "",
            Slice = SliceWindow.All,
        };
    }

    internal static IReadOnlyList<string> Words(double? status) => status is not { } value || !double.IsFinite(value) ? [] :
        [.. Enum.GetValues<FitStatus>().Where(flag => flag != FitStatus.None && ((FitStatus)(int)value).HasFlag(flag))
            .Select(flag => RequestErrors.CamelCase(flag.ToString()))];

    private static double NormalizeDeg(double longitude) => longitude - 360 * Math.Floor(longitude / 360);
}
