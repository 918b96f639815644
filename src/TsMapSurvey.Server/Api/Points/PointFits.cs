using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Grains;
using TsMapSurvey.Grains.Compute;
using TsMapSurvey.Maps;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>Fits single pixels of published stacks, one request at a time, inside the memory budget.</summary>
internal sealed class PointFits(PublishedMaps published, ByteCache cache, SiloMemory silo, ComputeGate gate)
{
    private const int FitBytes = 600;

    /// <summary>The fits of some pixels in one energy bin of the map.</summary>
    /// <param name="pixels">In the image of the tile's own pixels.</param>
    /// <param name="norms">Their norms in the map of the same revision; null to fit them.</param>
    /// <exception cref="MapException">Nothing can be fitted in this stack.</exception>
    public Task<PointFit[]> FitAsync(
        TilePoints source, int bin, IReadOnlyList<(int X, int Y)> pixels, IReadOnlyList<double>? norms, double nSigmaUl,
        CancellationToken cancellationToken) =>
        UseAsync(source, source.Options, Around(source, pixels), likelihoods =>
        {
            PointMeter.CountFitted(source.Survey.Name, pixels.Count);
            return pixels.Select((pixel, i) => likelihoods.Fit(
                bin, source.Owned.X + pixel.X, source.Owned.Y + pixel.Y, norms?[i], nSigmaUl)).ToArray();
        }, cancellationToken);

    /// <summary>The fit of one pixel, kept for later requests.</summary>
    public async Task<PointFit> FitAsync(
        TilePoints source, int bin, (int X, int Y) pixel, double? norm, double nSigmaUl, CancellationToken cancellationToken)
    {
        var name = FormattableString.Invariant(
            $"{source.Stack.Blob}/{source.MapName}/{bin}/{pixel.X},{pixel.Y}/{norm:R}/{nSigmaUl:R}");
        return await cache.GetAsync(
            name, async () => (await FitAsync(
                source, bin, [pixel], norm is { } known ? [known] : null, nSigmaUl, CancellationToken.None))[0],
            _ => FitBytes, cancellationToken);
    }

    /// <summary>Something made of the likelihoods of a region of the stack.</summary>
    /// <param name="options">The options of the fits: those of the map, or with other energy bins.</param>
    /// <param name="region">Pixels of the stack's grid.</param>
    public async Task<T> UseAsync<T>(
        TilePoints source, TsMapOptions options, PixelRegion region, Func<PointLikelihoods, T> make, CancellationToken cancellationToken)
    {
        var stack = await StackAsync(source, options, cancellationToken);
        using var room = await silo.Work.AdmitAsync(
            $"{source.Stack.Blob}: fits of single pixels", stack.BytesOf(region), cancellationToken);
        return await gate.RunAsync(ComputeLane.Points, token => Task.Run(
            () =>
            {
                using var likelihoods = stack.Open(region);
                return make(likelihoods);
            },
            token), cancellationToken);
    }

    /// <summary>The stack prepared for fits with a map's options.</summary>
    public async Task<PointStack> StackAsync(TilePoints source, TsMapOptions options, CancellationToken cancellationToken)
    {
        var survey = source.Survey.Survey;
        var blob = source.Stack.Blob!;
        var edges = options.AllEnergyBins ? "all" : string.Join(',', options.EnergyEdgesTeV ?? []);
        return await cache.GetAsync($"{blob}/{source.MapName}/{edges}/fits", async () =>
        {
            var stack = await published.StackAsync(blob, CancellationToken.None);
            var irfs = survey.IrfsOfTile ? null : await published.StackAsync(survey.Definition.Irfs, CancellationToken.None);
            return await Task.Run(() => PointStack.Create(stack, irfs, options, survey.ZonesOf(stack, options)));
        }, made => made.ByteSize, cancellationToken);
    }

    private static PixelRegion Around(TilePoints source, IReadOnlyList<(int X, int Y)> pixels)
    {
        var (left, right) = (pixels.Min(pixel => pixel.X), pixels.Max(pixel => pixel.X));
        var (bottom, top) = (pixels.Min(pixel => pixel.Y), pixels.Max(pixel => pixel.Y));
        return new PixelRegion(source.Owned.X + left, source.Owned.Y + bottom, right - left + 1, top - bottom + 1);
    }
}
