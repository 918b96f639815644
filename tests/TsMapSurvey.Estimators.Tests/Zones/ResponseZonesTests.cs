using TsMapSurvey.Estimators.Zones;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests.Zones;

public sealed class ResponseZonesTests
{
    [Theory]
    [InlineData(0.75, 8)]
    [InlineData(0.85, 16)]
    [InlineData(2.0, 24)]
    public void Each_pixel_is_in_one_zone_which_has_whole_response_pixels_and_half_a_kernel(double kernelDeg, int side)
    {
        var dataset = ZonedField.Dataset();
        var zones = ResponseZones.Of(dataset, ZonedField.Options with { KernelWidthDeg = kernelDeg });
        var seen = new bool[dataset.Grid.Width, dataset.Grid.Height];
        foreach (var zone in Enumerable.Range(0, zones.Count))
        {
            var pixels = zones.Pixels(zone);
            Assert.False(pixels.IsEmpty);
            Assert.InRange(pixels.Width, 1, side);
            // The image begins at pixel 3 of the grid whose reference point, pixel 41 of FITS, is in pixel 40.
            Assert.True(pixels.X == 0 || (pixels.X + 3 - 40) % side == 0, $"{pixels}");
            for (var y = pixels.Y; y < pixels.Bottom; y++)
                for (var x = pixels.X; x < pixels.Right; x++)
                {
                    Assert.False(seen[x, y]);
                    seen[x, y] = true;
                    Assert.Equal(zone, zones.At(x, y));
                }
        }

        Assert.DoesNotContain(false, seen.Cast<bool>());
        Assert.Equal([zones.At(5, 6)], zones.In(new PixelRegion(5, 6, 1, 1)));
        Assert.Equal(zones.Count, zones.In(dataset.Grid.Region).Count());
    }

    [Fact]
    public void An_image_is_one_zone_without_response_maps_and_with_downsampling()
    {
        var dataset = ZonedField.Dataset();
        Assert.Equal(1, ResponseZones.Of(dataset with { Psf = null, Edisp = null }, ZonedField.Options).Count);
        Assert.Equal(1, ResponseZones.Of(dataset, ZonedField.Options with { DownsamplingFactor = 2 }).Count);
        Assert.Null(ResponseZones.One(dataset.Grid).Options(0, ZonedField.Options).ResponsesAt);
        var zones = ResponseZones.Of(dataset, ZonedField.Options);
        Assert.True(zones.IsSameAs(ResponseZones.Of(dataset with { Edisp = null }, ZonedField.Options)));
        Assert.False(zones.IsSameAs(ResponseZones.One(dataset.Grid)));
    }
}
