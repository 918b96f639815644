using TsMapSurvey.Surveys.Layers;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Surveys.Tests;

public sealed class SurveyLayerTests
{
    private static Survey With(string map, AxisDefinition? energy = null) => Survey.Resolve(new SurveyDefinition
    {
        Name = "sky",
        Tiling = new TilingDefinition
        {
            Frame = "galactic",
            Projection = "CAR",
            PixelSizeDeg = 0.1,
            WidthDeg = 6,
            HeightDeg = 4,
            TilePixels = 20,
        },
        EnergyAxis = energy ?? AxisDefinition.LogBins(1, 100, 4),
        TrueEnergyAxis = AxisDefinition.LogBins(0.3, 200, 4),
        Maps = new Dictionary<string, MapDefinition> { ["m"] = MapDefinition.Parse(map) },
    });

    [Fact]
    public void A_map_with_one_bin_has_a_layer_for_each_quantity() => Assert.Equal(
        ["m-sqrt_ts", "m-flux", "m-flux_ul", "m-counts", "m-excess", "m-exposure", "m-background"],
        With("""{ "kernelWidthDeg": 0.5, "selection": ["ul"] }""").Layers.Select(layer => layer.Name));

    [Fact]
    public void A_map_with_several_bins_has_a_layer_for_each_and_one_without_limits_none_of_them()
    {
        var layers = With("""{ "kernelWidthDeg": 0.5, "energyEdges": ["1 TeV", "10 TeV", "100 TeV"] }""").Layers;

        Assert.Equal(12, layers.Count);
        Assert.Equal(["m-sqrt_ts-1-10TeV", "m-sqrt_ts-10-100TeV", "m-flux-1-10TeV"], layers.Take(3).Select(layer => layer.Name));
        Assert.Equal((1, 2, 3, 10.0, 100.0), (layers[1].Bin, layers[1].FirstBin, layers[1].LastBin, layers[1].EnergyMinTeV,
            Math.Round(layers[1].EnergyMaxTeV, 9)));
    }

    [Fact]
    public void Bins_that_are_close_together_have_different_names()
    {
        var layers = With("""{ "kernelWidthDeg": 0.5, "energyEdges": "all" }""", AxisDefinition.LogBins(1, 1.002, 4)).Layers;

        Assert.Equal(layers.Count, layers.Select(layer => layer.Name).Distinct().Count());
        Assert.Equal("m-sqrt_ts-1-1.0005TeV", layers[0].Name);
    }

    [Fact]
    public void Bins_that_are_frequency_cells_make_cubes_of_sqrt_ts_where_the_map_has_each_of_them()
    {
        var energy = new AxisDefinition { FmocOrder = 8, MinTeV = 0.6369, MaxTeV = 35.81 };

        Assert.Equal(["m-counts-cube", "m-excess-cube"], Cubes("""{ "kernelWidthDeg": 0.5 }""", energy).Select(cube => cube.Name));
        var cubes = Cubes("""{ "kernelWidthDeg": 0.5, "energyEdges": "all" }""", energy);
        Assert.Equal(["m-counts-cube", "m-excess-cube", "m-sqrt_ts-cube"], cubes.Select(cube => cube.Name));
        Assert.All(cubes, cube => Assert.Equal((new Sky.FrequencyCells(8, 404, 420), 15), (cube.Cube!.Value, cube.LastBin)));
        Assert.Empty(Cubes("""{ "kernelWidthDeg": 0.5, "energyEdges": "all" }""", null));
    }

    private static SurveyLayer[] Cubes(string map, AxisDefinition? energy) =>
        [.. With(map, energy).Layers.Where(layer => layer.Cube is not null)];

    [Fact]
    public void A_layer_is_found_by_its_exact_name_only()
    {
        var survey = With("""{ "kernelWidthDeg": 0.5 }""");

        Assert.Equal("sqrt_ts", survey.FindLayer("m-sqrt_ts").Quantity);
        Assert.All(new[] { "", "m", "M-SQRT_TS", "m-sqrt_ts-1-100TeV", "m-flux_ul", "../m-flux" }, name =>
            Assert.Equal(NameKind.Layer, Assert.Throws<SurveyException>(() => survey.FindLayer(name)).Unknown));
    }
}
