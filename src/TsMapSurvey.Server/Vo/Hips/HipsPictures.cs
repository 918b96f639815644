using TsMapSurvey.Hips;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>The colours of a layer, one scale for all tiles of a version, and its tiles as PNG.</summary>
internal sealed class HipsPictures(HipsTiles tiles, LayerImages images, ByteCache cache)
{
    /// <summary>Tiles of the survey whose values determine the range.</summary>
    private const int MostSampled = 16;

    /// <summary>The layer's own scale, with a range from a sample of the survey's tiles.</summary>
    public Task<ColorScale> ScaleAsync(HipsVersion version, CancellationToken cancellationToken) => cache.GetAsync(
        $"{version.Layout.Index(version.Name.ToString())}/scale",
        async () =>
        {
            var values = new List<double>();
            foreach (var (tile, blob) in Sample([.. HipsVersion.WithPixels(version.Index.Parts)]))
                values.AddRange((await images.GetAsync(version.Survey, version.Layer, tile, blob, CancellationToken.None)).Values);
            return await tiles.ComputeAsync(() => Rounded(
                QuantityLabels.Of(version.Layer.Quantity).Scale.Resolve(values.ToArray())));
        },
        _ => 200, cancellationToken);

    public Task<byte[]> TileAsync(HipsVersion version, HealpixCell cell, ColorScale scale, CancellationToken cancellationToken) =>
        cache.GetAsync(
            $"{version.Layout.Tile(cell.Order, cell.Index)}{version.NameOf(cell)}/{scale}.png",
            async () => await DrawAsync(
                await tiles.FitsAsync(version, cell, CancellationToken.None), HipsTiles.Pixels, TilePixels.Width, scale,
                version.Gain(version.Pyramid.Order - cell.Order)),
            bytes => bytes.Length, cancellationToken);

    public Task<byte[]> AllskyAsync(HipsVersion version, ColorScale scale, CancellationToken cancellationToken) => cache.GetAsync(
        $"{version.Layout.Index(version.Name.ToString())}/{scale}.png",
        async () => await DrawAsync(await tiles.AllskyPixelsAsync(version), pixels => pixels, AllskyImage.Width, scale,
            version.Gain(version.Pyramid.Order - HipsOrders.OfAllsky + AllskyImage.Halvings)),
        bytes => bytes.Length, cancellationToken);

    private Task<byte[]> DrawAsync<T>(T source, Func<T, float[]> pixels, int width, ColorScale scale, double gain) =>
        tiles.ComputeAsync(() => HipsImage.Png(pixels(source), width, scale, gain));

    private static IEnumerable<T> Sample<T>(IReadOnlyList<T> parts)
    {
        var step = (parts.Count + MostSampled - 1) / MostSampled;
        for (var i = 0; i < parts.Count; i += step) yield return parts[i];
    }

    /// <summary>Widens the range to whole steps of its power of ten, so that it does not change with every observation.</summary>
    private static ColorScale Rounded(ColorScale scale)
    {
        var (min, max) = (scale.Min!.Value, scale.Max!.Value);
        var step = Math.Pow(10, Math.Floor(Math.Log10(max - min)));
        var (low, high) = (Math.Floor(min / step) * step, Math.Ceiling(max / step) * step);
        return double.IsFinite(low) && double.IsFinite(high) && low < high ? scale with { Min = low, Max = high } : scale;
    }
}
