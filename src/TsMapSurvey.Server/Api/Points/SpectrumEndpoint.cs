using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>A flux point: the fit of one energy bin.</summary>
/// <param name="EnergyRefTeV">Geometric mean of the bin's edges.</param>
/// <param name="Dnde">Differential flux at EnergyRefTeV; its errors and limit have the same unit.</param>
/// <param name="IsUl">Whether sqrt_ts is below 2, so that the point is shown as its limit.</param>
internal sealed record FluxPointAnswer(
    double EnergyRefTeV, double EnergyMinTeV, double EnergyMaxTeV, double? Dnde, double? DndeErr, double? DndeErrn, double? DndeErrp,
    double? DndeUl, double? Flux, double? FluxErr, double? FluxUl, double? Norm, double? NormErr, double? NormUl, double? Ts,
    double? SqrtTs, bool IsUl, double? KernelCounts, double? KernelBackground, double? KernelExposure, double? Signal, double NSigmaUl,
    double Confidence, IReadOnlyList<string> Status, string Tile, string Map, long Revision, DateTimeOffset? ComputedAt, string Slice,
    DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd);

internal static class SpectrumEndpoint
{
    public static void Map(RouteGroupBuilder survey) => TableForm.Map<IReadOnlyList<FluxPointAnswer>>(
        survey, "/point/{ra},{dec}/spectrum", GetAsync, "getSpectrum", PointEndpoints.Tag,
        "Flux points of the pixel that contains a position, by energy bin, fitted on the stack of the map's revision. As ECSV or FITS "
            + "they are a table that gammapy's FluxPoints.read opens");

    private static async Task<IResult> GetAsync(
        string survey, string ra, string dec, string? map, string? slice, string? frame, HttpRequest request,
        [AsParameters] FormQuery format, [AsParameters] LimitQuery limit,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "energy_edges")] string? energyEdges,
        [AsParameters] WaitQuery wait, [AsParameters] ServedSurveys served, PreparedPoints prepared, PointReader reader,
        PointFits fits, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var position = PointEndpoints.Position(parameters, ra, dec, frame);
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var mapName = own.Survey.FindMap(map);
        var options = Options(parameters, own, mapName, energyEdges);
        var nSigmaUl = limit.Read(parameters) ?? options.NSigmaUl;
        var form = TableForm.Of(parameters, request, format.Format, TableForm.All);
        var waitOptions = parameters.Wait(wait);
        parameters.Check();
        var place = PointEndpoints.PlaceOf(own, position);
        var source = await prepared.OpenAsync(
            own, place.Tile, mapName, own.Survey.FindSlice(slice).Name, waitOptions, cancellationToken);
        if (source.Stack.Pending() is { } pending) return pending;
        var (maps, _) = await reader.OpenAsync(source, cancellationToken);
        var stack = await fits.StackAsync(source, options, cancellationToken);
        var pixel = (X: source.Owned.X + place.X, Y: source.Owned.Y + place.Y);
        var known = Enumerable.Range(0, stack.Axis.BinCount).Select(bin => BinOf(own.Axis(mapName, "ts"), stack.Axis, bin) is { } ofMap
            ? PointReader.NormOf(source, maps, ofMap, place) : null).ToArray();
        var points = await fits.UseAsync(source, options, new PixelRegion(pixel.X, pixel.Y, 1, 1), likelihoods =>
            known.Select((norm, bin) => PointReader.Stored(
                likelihoods.Fit(bin, pixel.X, pixel.Y, norm, nSigmaUl), norm is null ? null : maps,
                BinOf(own.Axis(mapName, "ts"), stack.Axis, bin) ?? 0, place)).ToArray(), cancellationToken);
        var version = source.StackVersion;
        return new TableAnswer<IReadOnlyList<FluxPointAnswer>>(
            form, [.. points.Select((fit, bin) => Answer(source, options, stack.Axis, bin, fit))],
            () => FluxPointTable.Of(PointSpectrum.Of(stack, points, pixel), own.Name), version,
            $"{own.Name}-{mapName}-spectrum{version.InName}-r{version.Revision}");
    }

    /// <summary>Flux points in every energy bin of the survey, in bins with the edges asked for, or in one bin (full).</summary>
    private static TsMapOptions Options(Parameters parameters, KnownSurvey survey, string map, string? text)
    {
        var options = survey.Survey.Maps[map];
        if (string.IsNullOrEmpty(text) || text.Equals("all", StringComparison.OrdinalIgnoreCase))
            return options with { EnergyEdgesTeV = null, AllEnergyBins = true };
        if (text.Equals("full", StringComparison.OrdinalIgnoreCase)) return options with { EnergyEdgesTeV = null, AllEnergyBins = false };
        var axis = parameters.Try<MapException, MapAxis>(() =>
        {
            double[] edges = [.. text.Split(',').Select(one => Quantity.Parse(one).In("TeV", "energy_edges"))];
            if (edges.Length < 2 || edges.Zip(edges.Skip(1)).Any(pair => !(pair.Second > pair.First && pair.First > 0)))
            {
                parameters.Wrong("energy_edges", text, "all, full, or two or more increasing energies such as 1 TeV,3 TeV");
                return survey.Survey.Energy;
            }

            return EnergyGroups.Create(survey.Survey.Energy, options with { AllEnergyBins = false, EnergyEdgesTeV = edges }).Axis;
        });
        return options with { AllEnergyBins = false, EnergyEdgesTeV = [.. (axis ?? survey.Survey.Energy).Edges] };
    }

    private static int? BinOf(MapAxis map, MapAxis points, int bin)
    {
        for (var other = 0; other < map.BinCount; other++)
            if (map.Edges[other] == points.Edges[bin] && map.Edges[other + 1] == points.Edges[bin + 1]) return other;
        return null;
    }

    private static FluxPointAnswer Answer(TilePoints source, TsMapOptions options, MapAxis axis, int bin, PointFit fit)
    {
        var (low, high) = (axis.Edges[bin], axis.Edges[bin + 1]);
        var (flux, dnde) = (FluxKind.Flux.OfModel(options.Model, low, high), FluxKind.Find("dnde")!.OfModel(options.Model, low, high));
        var version = source.StackVersion;
        return new FluxPointAnswer(
            EnergyRefTeV: Math.Sqrt(low * high), EnergyMinTeV: low, EnergyMaxTeV: high,
            Dnde: fit.Norm * dnde, DndeErr: fit.NormErr * dnde, DndeErrn: fit.NormErrn * dnde, DndeErrp: fit.NormErrp * dnde,
            DndeUl: fit.NormUl * dnde, Flux: fit.Norm * flux, FluxErr: fit.NormErr * flux, FluxUl: fit.NormUl * flux,
            Norm: fit.Norm, NormErr: fit.NormErr, NormUl: fit.NormUl, Ts: fit.Ts, SqrtTs: fit.SqrtTs,
            IsUl: !(fit.SqrtTs >= FluxPointTable.UpperLimitBelowSqrtTs),
            KernelCounts: fit.Kernel.Counts, KernelBackground: fit.Kernel.Background, KernelExposure: fit.Kernel.ExposureM2S,
            Signal: fit.Signal, NSigmaUl: fit.NSigmaUl, Confidence: ConfidenceLevel.Of(fit.NSigmaUl),
            Status: PointReader.Words((double)fit.Status), Tile: source.Tile.ToString(), Map: source.MapName,
            Revision: version.Revision, ComputedAt: version.ComputedAt, Slice: version.Slice, WindowStart: version.Window?.Start,
            WindowEnd: version.Window?.End);
    }
}
