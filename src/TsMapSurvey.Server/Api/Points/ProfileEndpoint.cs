using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>
/// The likelihood profile of a pixel in one energy bin. The limit at n standard deviations is the norm, or flux, at NSigma = n.
/// </summary>
/// <param name="NSigma">Standard deviations in steps of 0.1: negative below the best fit, 0 at it. Its square is DeltaStat.</param>
/// <param name="Norms">The norms at which the Cash statistic exceeds its minimum by DeltaStat.</param>
/// <param name="Fluxes">The same as fluxes, in cm-2 s-1.</param>
internal sealed record ProfileAnswer(
    double Ra, double Dec, string Tile, string Map, double EnergyMinTeV, double EnergyMaxTeV, double? Ts, double? Norm, double? NormErr,
    double RefFlux, double? Stat, double? StatNull, double? KernelCounts, double? KernelBackground, double? KernelExposure, double? Signal,
    IReadOnlyList<double> NSigma, IReadOnlyList<double> Norms, IReadOnlyList<double> Fluxes, IReadOnlyList<double> DeltaStat,
    IReadOnlyList<string> Status, long Revision, DateTimeOffset? ComputedAt, string Slice, DateTimeOffset? WindowStart,
    DateTimeOffset? WindowEnd);

internal static class ProfileEndpoint
{
    public static void Map(RouteGroupBuilder survey) => TableForm.Map<ProfileAnswer>(
        survey, "/point/{ra},{dec}/profile", GetAsync, "getProfile", PointEndpoints.Tag,
        "The likelihood profile of the pixel that contains a position, on the stack of the map's revision: norms and the difference of the "
            + "Cash statistic to its minimum, so that a limit at any confidence can be read off");

    private static async Task<IResult> GetAsync(
        string survey, string ra, string dec, [AsParameters] PlaneQuery plane, string? frame, HttpRequest request,
        [AsParameters] FormQuery format, [AsParameters] WaitQuery wait, [AsParameters] ServedSurveys served, PreparedPoints points,
        PointReader reader, PointFits fits, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var position = PointEndpoints.Position(parameters, ra, dec, frame);
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var map = own.Survey.FindMap(plane.Map);
        var bin = KnownSurvey.EnergyBin(parameters, plane.Energy, own.Axis(map, "ts")) ?? 0;
        var form = TableForm.Of(parameters, request, format.Format, TableForm.All);
        var waitOptions = parameters.Wait(wait);
        parameters.Check();
        var place = PointEndpoints.PlaceOf(own, position);
        var source = await points.OpenAsync(
            own, place.Tile, map, own.Survey.FindSlice(plane.Slice).Name, waitOptions, cancellationToken);
        if (source.Stack.Pending() is { } pending) return pending;
        var (maps, _) = await reader.OpenAsync(source, cancellationToken);
        var (x, y) = (source.Owned.X + place.X, source.Owned.Y + place.Y);
        var (fit, profile) = await fits.UseAsync(source, source.Options, new PixelRegion(x, y, 1, 1), likelihoods =>
        {
            var norm = PointReader.NormOf(source, maps, bin, place);
            var best = PointReader.Stored(
                likelihoods.Fit(bin, x, y, norm, source.Options.NSigmaUl), norm is null ? null : maps, bin, place);
            return (best, likelihoods.Scan(bin, x, y, best.Norm));
        }, cancellationToken);
        var answer = Answer(source, bin, place, fit, profile);
        var version = source.StackVersion;
        return new TableAnswer<ProfileAnswer>(
            form, answer, () => Table(answer, own.Name), version, $"{own.Name}-{map}-profile{version.InName}-r{version.Revision}");
    }

    private static ProfileAnswer Answer(TilePoints source, int bin, PointPlace place, PointFit fit, PointProfile profile)
    {
        var (axis, icrs, version) = (source.Survey.Axis(source.MapName, "ts"), place.Position.To(SkyFrame.Icrs), source.StackVersion);
        var flux = FluxKind.Flux.OfModel(source.Options.Model, axis.Edges[bin], axis.Edges[bin + 1]);
        return new ProfileAnswer(
            Ra: icrs.LonDeg - 360 * Math.Floor(icrs.LonDeg / 360), Dec: icrs.LatDeg, Tile: source.Tile.ToString(), Map: source.MapName,
            EnergyMinTeV: axis.Edges[bin], EnergyMaxTeV: axis.Edges[bin + 1], Ts: fit.Ts, Norm: fit.Norm, NormErr: fit.NormErr,
            RefFlux: flux, Stat: fit.Stat, StatNull: fit.StatNull, KernelCounts: fit.Kernel.Counts,
            KernelBackground: fit.Kernel.Background, KernelExposure: fit.Kernel.ExposureM2S, Signal: fit.Signal,
            NSigma: profile.NSigma, Norms: profile.Norm, Fluxes: [.. profile.Norm.Select(norm => norm * flux)],
            DeltaStat: [.. profile.DeltaStat], Status: PointReader.Words((double)fit.Status), Revision: version.Revision,
            ComputedAt: version.ComputedAt, Slice: version.Slice, WindowStart: version.Window?.Start, WindowEnd: version.Window?.End);
    }

    private static DataTable Table(ProfileAnswer answer, string survey) => new(
        "profile", FormattableString.Invariant($"Likelihood profile at RA {answer.Ra:f5}, Dec {answer.Dec:f5} (ICRS)"),
        [
            TableColumn.Of("n_sigma", answer.NSigma, "Standard deviations, negative below the best fit"),
            TableColumn.Of("norm", answer.Norms, "Flux relative to the model's"),
            TableColumn.Of("flux", answer.Fluxes, "Photon flux in the energy bin", "cm-2 s-1", "phot.flux;em.gamma"),
            TableColumn.Of("delta_stat", answer.DeltaStat, "Cash statistic minus its minimum"),
        ],
        [
            ("CREATOR", "TsMapSurvey"), ("SURVEY", survey), ("MAP", answer.Map), ("RA_OBJ", answer.Ra), ("DEC_OBJ", answer.Dec),
            ("E_MIN", answer.EnergyMinTeV), ("E_MAX", answer.EnergyMaxTeV), ("REFFLUX", answer.RefFlux),
            .. Finite(("TS", answer.Ts), ("NORM", answer.Norm), ("KCOUNTS", answer.KernelCounts), ("KBACK", answer.KernelBackground),
                ("KEXPO", answer.KernelExposure), ("SIGNAL", answer.Signal)),
            ("REVISION", answer.Revision),
        ]);

    /// <summary>A header has no NaN.</summary>
    private static IEnumerable<(string Key, object Value)> Finite(params (string Key, double? Value)[] values) =>
        values.Where(pair => pair.Value is { } value && double.IsFinite(value)).Select(pair => (pair.Key, (object)pair.Value!.Value));
}
