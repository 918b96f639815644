using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Resampling;

/// <summary>
/// Brings a dataset onto another image. The counts of a safe pixel go to the pixel that contains its centre: they stay integers, and none
/// is lost. Its background is shared by area. Exposures are interpolated at the centres of the new pixels. A new pixel is safe if its
/// centre is in a safe pixel, or if it contains the centre of one; background is shared among the safe new pixels alone, so that its sum
/// is kept as well. All images cut from one grid get the same values.
/// </summary>
public static class ResampledDataset
{
    /// <summary>Bytes of indices and shares for a source pixel, whose area lies in about six new pixels.</summary>
    private const double BytesOfTransfer = 160;

    /// <summary>Bytes of the indices and fractions of a new pixel.</summary>
    private const double BytesOfSample = 32;

    private const double WidestMargin = 1000;

    /// <summary>Of an area that lies in unsafe new pixels but for rounding.</summary>
    private const double LeastShare = 1e-9;

    /// <param name="responses">Response maps that the mask has been applied to; they keep their own grid.</param>
    /// <returns>The dataset on an image that contains the given one and is aligned with it, or that covers the same 360 degrees.</returns>
    /// <exception cref="MapException">A map is missing.</exception>
    public static MapDataset On(SkyGrid image, MapDataset source, MaskedResponses responses)
    {
        var counts = source.Require(source.Counts, "COUNTS", "resampling");
        var background = source.Require(source.Background, "BACKGROUND", "resampling");
        var exposure = source.Require(source.Exposure, "EXPOSURE", "resampling");
        var (target, mask) = (Around(image, source.Grid), ImageMask.Of(source));
        var (transfer, samples) = (PixelTransfer.Of(source.Grid, target, mask.Image), new TargetSamples(source.Grid, target));
        var cube = new MapGeometry(target, source.Energy);
        var (newCounts, newBackground) = (new Map<double>(cube, counts.Unit), new Map<double>(cube, background.Unit));
        var safe = new Map<bool>(cube);
        var fit = source.MaskFit is null ? null : new Map<bool>(cube);
        for (var k = 0; k < cube.PlaneCount; k++)
        {
            Mark(mask.Plane(k), transfer, samples, safe.Plane(k));
            AddCounts(counts.Plane(k), mask.Plane(k), transfer, newCounts.Plane(k));
            AddShares(background.Plane(k), mask.Plane(k), transfer, safe.Plane(k), newBackground.Plane(k));
            if (fit is not null) Mark(source.MaskFit!.Plane(k), transfer, samples, fit.Plane(k));
        }

        return source with
        {
            Counts = newCounts,
            Background = newBackground,
            Exposure = Interpolated(exposure, samples, target, safe),
            MaskSafe = safe,
            MaskFit = fit,
            Psf = responses.Psf,
            Edisp = responses.Edisp,
            ResponsesAreMasked = true,
        };
    }

    /// <summary>The largest number of bytes that <see cref="On"/> allocates.</summary>
    public static double Bytes(SkyGrid image, MapDataset source)
    {
        var (target, bins) = (Around(image, source.Grid).Region.Area, source.Energy.BinCount);
        var trueBins = source.Exposure?.Geometry.PlaneCount ?? 0;
        return target * (8.0 * (2 * bins + trueBins) + 2.0 * bins + BytesOfSample) + source.Grid.Region.Area * BytesOfTransfer;
    }

    /// <summary>
    /// The image with a border as wide as the source's pixels, in which it is known which new pixels are safe. Never wider than 360
    /// degrees: a stack repeats what is in the image by itself.
    /// </summary>
    private static SkyGrid Around(SkyGrid image, SkyGrid source)
    {
        var margin = 2 + (int)Math.Min(WidestMargin, Math.Ceiling(1.5 * source.PixelScaleDeg / image.PixelScaleDeg));
        // Rows of CAR get denser towards the poles.
        var wide = image.Wcs.TurnPixels is null ? margin : (int)Math.Min(WidestMargin, margin / Math.Max(0.01, NarrowestRow(image)));
        var region = image.Region.Grow(margin) with { X = -wide, Width = image.Width + 2 * wide };
        return image.Cutout(image.Wcs.TurnPixels is { } turn && region.Width > turn ? region with { X = 0, Width = turn } : region);
    }

    /// <summary>The cosine of the latitude furthest from the equator.</summary>
    private static double NarrowestRow(SkyGrid image) => new[] { 0, image.Height - 1 }.Min(
        y => image.PixelCentre(image.Width / 2, y) is { } centre ? Math.Cos(centre.LatDeg * Math.PI / 180) : 0);

    private static void Mark(ReadOnlySpan<bool> mask, PixelTransfer transfer, TargetSamples samples, Span<bool> marked)
    {
        for (var pixel = 0; pixel < marked.Length; pixel++)
            if (samples.Nearest[pixel] is >= 0 and var nearest) marked[pixel] = mask[nearest];
        for (var pixel = 0; pixel < mask.Length; pixel++)
            if (mask[pixel] && transfer.Centres[pixel] is >= 0 and var centre) marked[centre] = true;
    }

    private static void AddCounts(ReadOnlySpan<double> counts, ReadOnlySpan<bool> mask, PixelTransfer transfer, Span<double> sums)
    {
        for (var pixel = 0; pixel < counts.Length; pixel++)
        {
            var centre = transfer.Centres[pixel];
            if (mask[pixel] && centre >= 0 && double.IsFinite(counts[pixel])) sums[centre] += counts[pixel];
        }
    }

    private static void AddShares(
        ReadOnlySpan<double> values, ReadOnlySpan<bool> mask, PixelTransfer transfer, ReadOnlySpan<bool> safe, Span<double> sums)
    {
        for (var pixel = 0; pixel < values.Length; pixel++)
        {
            if (!mask[pixel] || !double.IsFinite(values[pixel])) continue;
            var shares = transfer.SharesOf(pixel);
            var kept = 1.0;
            foreach (var (target, share) in shares)
                if (!safe[target]) kept -= share;
            if (kept > LeastShare)
                foreach (var (target, share) in shares)
                    if (safe[target]) sums[target] += share / kept * values[pixel];
            if (kept <= LeastShare && transfer.Centres[pixel] is >= 0 and var centre) sums[centre] += values[pixel];
        }
    }

    /// <summary>0 in pixels that are unsafe at all energies.</summary>
    private static Map<double> Interpolated(Map<double> exposure, TargetSamples samples, SkyGrid target, Map<bool> safe)
    {
        var map = new Map<double>(exposure.Geometry.WithGrid(target), exposure.Unit);
        var any = new bool[safe.Geometry.PlaneLength];
        for (var k = 0; k < safe.Geometry.PlaneCount; k++) MaskedRow.Or(any, safe.Plane(k));
        for (var j = 0; j < map.Geometry.PlaneCount; j++)
        {
            var from = exposure.Plane(j);
            var to = map.Plane(j);
            for (var pixel = 0; pixel < to.Length; pixel++)
                if (any[pixel]) to[pixel] = samples.Interpolate(from, pixel);
        }

        return map;
    }
}
