using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.SampleData;

/// <summary>Datasets whose pixels lie elsewhere.</summary>
public static class OtherImages
{
    /// <summary>The values of a dataset's maps on another image of the same number of pixels, as if they had been measured there.</summary>
    public static MapDataset OnImage(this MapDataset dataset, SkyGrid image)
    {
        Map<T> On<T>(Map<T> map)
            where T : unmanaged => map with { Geometry = map.Geometry.WithGrid(image) };
        return dataset with
        {
            Counts = On(dataset.Counts!),
            Background = On(dataset.Background!),
            Exposure = On(dataset.Exposure!),
            MaskSafe = On(dataset.MaskSafe!),
            MaskFit = dataset.MaskFit is { } fit ? On(fit) : null,
        };
    }

    /// <summary>A TAN image in ICRS: tilted by 59 degrees against one in galactic coordinates near the galactic centre.</summary>
    /// <param name="x">The pixel at the centre, from 1 at the centre of the first.</param>
    /// <param name="y"><inheritdoc cref="TanImage" path="/param[@name='x']/node()"/></param>
    public static SkyGrid TanImage(SkyPosition centre, double pixelDeg, double x, double y, int width, int height) => new(
        Wcs.Create(SkyFrame.Icrs, Projection.Tan, centre.To(SkyFrame.Icrs), x, y, -pixelDeg, pixelDeg), width, height);
}
