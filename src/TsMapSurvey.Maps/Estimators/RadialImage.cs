using TsMapSurvey.Maps.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>Images of radially symmetric sources on a grid centred on them, where a projection has no distortion.</summary>
internal static class RadialImage
{
    /// <summary>gammapy's MAX_OVERSAMPLING of spatial models.</summary>
    private const int MaxOversampling = 200;

    /// <summary>True separations from the centre, in degrees, of the sub-pixel centres of a square of 2 half + 1 pixels.</summary>
    public static double[] Separations(SkyGrid image, SkyPosition centre, int half, int oversampling)
    {
        var size = 2 * half + 1;
        var wcs = image.Recentred(centre, size).Wcs;
        var fine = size * oversampling;
        var separations = new double[fine * fine];
        var origin = centre.To(image.Frame);
        for (var y = 0; y < fine; y++)
            for (var x = 0; x < fine; x++)
                separations[y * fine + x] = wcs.TryPixelToSky(SubPixel(x, oversampling), SubPixel(y, oversampling), out var lon, out var lat)
                    ? new SkyPosition(lon, lat, image.Frame).SeparationDeg(origin)
                    : 180;
        return separations;
    }

    /// <summary>The probability of the source per pixel, in a square of 2 half + 1 pixels (numerics 3.4 c).</summary>
    public static double[] Source(ISpatialModel model, SkyGrid image, SkyPosition centre, int half)
    {
        var size = 2 * half + 1;
        var source = new double[size * size];
        if (model.EvaluationRadiusDeg == 0)
        {
            source[half * size + half] = 1;
            return source;
        }

        var pixelDeg = image.PixelScaleDeg;
        var oversampling = model.BinSizeDeg is { } bin ? Math.Clamp((int)Math.Ceiling(pixelDeg / bin), 1, MaxOversampling) : 1;
        var inner = Math.Min(half, PsfKernel.OddSize(2 * Math.Max(model.EvaluationRadiusDeg, pixelDeg), pixelDeg) / 2);
        var separations = Separations(image, centre, inner, oversampling);
        var fine = (2 * inner + 1) * oversampling;
        for (var y = 0; y < fine; y++)
            for (var x = 0; x < fine; x++)
                source[(y / oversampling + half - inner) * size + x / oversampling + half - inner] += model.DensityPerSr(separations[y * fine + x]);
        var grid = image.Recentred(centre, size);
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                source[y * size + x] *= grid.SolidAngleSr(x, y) / (oversampling * oversampling);
        return source;
    }

    /// <summary>0-based pixel coordinate of a sub-pixel's centre: pixel i spans i - 0.5 ... i + 0.5.</summary>
    private static double SubPixel(int index, int oversampling) => (index + 0.5) / oversampling - 0.5;
}
