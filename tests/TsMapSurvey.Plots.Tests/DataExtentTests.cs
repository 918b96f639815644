using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots.Tests;

public sealed class DataExtentTests
{
    private static readonly SkyGrid Grid =
        new(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 100.5, 50.5, -0.1, 0.1), 200, 100);

    [Fact]
    public void A_map_is_cut_to_its_data_and_keeps_its_sky()
    {
        var map = new Map<double>(new MapGeometry(Grid, MapAxis.EnergyEdges("energy", 1, 2, 3)));
        Array.Fill(map.Data, double.NaN);
        map.Data[30 * 200 + 80] = 1;
        map.Data[200 * 100 + 40 * 200 + 90] = 2;
        var cut = DataExtent.Crop(map);
        Assert.Equal(new PixelRegion(80, 30, 11, 11), DataExtent.Of(map));
        Assert.Equal((15, 15), (cut.Geometry.Width, cut.Geometry.Height));
        Assert.Equal((1.0, 2.0), (cut[0, 2, 2], cut[1, 12, 12]));
        Assert.True(cut.Geometry.Grid!.PixelCentre(2, 2)!.Value.SeparationDeg(Grid.PixelCentre(80, 30)!.Value) < 1e-9);
    }

    [Fact]
    public void A_map_full_of_data_or_empty_is_left_alone()
    {
        var full = new Map<double>(new MapGeometry(Grid), Enumerable.Repeat(1.0, 20000).ToArray());
        Assert.Same(full, DataExtent.Crop(full));
        var empty = new Map<double>(new MapGeometry(Grid));
        Assert.Same(empty, DataExtent.Crop(empty));
    }
}
