using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>Separations on a grid centred on a position, where a projection has no distortion.</summary>
internal static class RadialImage
{
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

    /// <summary>0-based pixel coordinate of a sub-pixel's centre: pixel i spans i - 0.5 ... i + 0.5.</summary>
    private static double SubPixel(int index, int oversampling) => (index + 0.5) / oversampling - 0.5;
}
