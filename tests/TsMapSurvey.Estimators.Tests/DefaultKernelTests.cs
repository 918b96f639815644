using System.Text.Json;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// Maps without a kernel width against gammapy 2.1's. The table, Reference/default-kernel.json, was made by
/// Reference/make_default_kernel.py from the datasets of this file: of each case
/// some quantities at every fourth pixel.
/// </summary>
public sealed class DefaultKernelTests
{
    private static readonly JsonElement Table =
        JsonDocument.Parse(typeof(DefaultKernelTests).Assembly.GetManifestResourceStream("default-kernel.json")!).RootElement;

    public static TheoryData<string> Cases => ["point", "wide", "odd", "masked-high", "masked", "joint"];

    /// <summary>A wide Gaussian's kernel needs 8 degrees and more, and the image has 2.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Without_a_width_the_maps_are_gammapys(string name)
    {
        var (maps, golden) = (new TsMapEstimator(Options(name)).Run(Datasets(name)), Table.GetProperty(name));
        Assert.Equal(golden.GetProperty("kernel_pixels").GetInt32(), (int)Math.Round(maps.KernelWidthDeg!.Value / 0.1));
        AgreesWith(golden, maps);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Strips_have_the_same_kernel_and_maps(string name)
    {
        var datasets = Datasets(name);
        var striped = new StripedEstimate(Options(name), [.. datasets.Select(dataset => new InMemoryDataset(dataset))], 1);
        Assert.False(striped.IsOneStrip);
        var rows = new FluxMapsRows(striped.Geometry);
        striped.Run(rows.Add);
        AgreesWith(Table.GetProperty(name), rows.ToFluxMaps());
    }

    [Fact]
    public void The_width_that_was_taken_gives_the_same_maps_when_it_is_asked_for()
    {
        var plain = new TsMapEstimator(Options("wide")).Run(Datasets("wide"));
        var asked = new TsMapEstimator(Options("wide") with { KernelWidthDeg = plain.KernelWidthDeg }).Run(Datasets("wide"));
        Assert.Equal(plain.Find("norm")!.Data, asked.Find("norm")!.Data);
        Assert.NotEqual(plain.Find("norm")!.Data, new TsMapEstimator(Options("wide") with { KernelWidthDeg = 60 }).Run(Datasets("wide"))
            .Find("norm")!.Data);
    }

    [Fact]
    public void An_image_that_is_no_square_allows_its_longer_side()
    {
        var dataset = Samples.Observation(7, new PixelRegion(30, 20, 31, 12), rate: 1, masked: false);
        Assert.Equal(3.1, new TsMapEstimator(Options("wide")).Run([dataset]).KernelWidthDeg!.Value, 1e-9);
    }

    [Fact]
    public void A_downsampled_map_keeps_the_width_that_the_fine_pixels_gave()
    {
        var maps = new TsMapEstimator(Options("wide") with { DownsamplingFactor = 2 }).Run(Datasets("wide"));
        // 21 pixels of 0.1 degrees, rounded up to an odd number of 0.2 degrees.
        Assert.Equal(2.2, maps.KernelWidthDeg!.Value, 1e-9);
    }

    internal static MapDataset[] Datasets(string name)
    {
        var side = name == "odd" ? 21 : 20;
        MapDataset Of(int seed) => Samples.Observation(seed, new PixelRegion(40, 20, side, side), rate: 1, masked: false);
        MapDataset Masked(MapDataset dataset, int firstBin) => dataset with
        {
            MaskSafe = new Map<bool>(dataset.Geometry, [.. Enumerable.Range(0, dataset.Geometry.Count).Select(i =>
                i / dataset.Geometry.PlaneLength < firstBin || Math.Max(Math.Abs(i % side - 9.5), Math.Abs(i / side % side - 9.5)) > 7)]),
        };
        return name switch
        {
            "masked-high" => [Masked(Of(7), 2)],
            "masked" => [Masked(Of(7), 0)],
            "joint" => [Of(7), Masked(Of(8), 2)],
            _ => [Of(7)],
        };
    }

    internal static TsMapOptions Options(string name) => new()
    {
        Model = new SkyModel(name is "wide" or "odd" ? new GaussianSource(0.5) : new PointSource(), new PowerLaw(2.2, 1e-13)),
        EnergyEdgesTeV = name is "masked-high" or "joint" ? [1, 4.6415888336, 10] : null,
        Rtol = 1e-6,
    };

    private static void AgreesWith(JsonElement golden, FluxMaps maps)
    {
        foreach (var quantity in golden.GetProperty("maps").EnumerateObject())
        {
            var map = maps.Find(quantity.Name)!;
            var (expected, next) = (quantity.Value.EnumerateArray()
                .Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble()).ToArray(), 0);
            var scale = expected.Where(double.IsFinite).Select(Math.Abs).Order().ElementAt(expected.Count(double.IsFinite) / 2);
            for (var bin = 0; bin < map.Geometry.PlaneCount; bin++)
                for (var y = 0; y < map.Geometry.Height; y += 4)
                    for (var x = 0; x < map.Geometry.Width; x += 4)
                    {
                        var (theirs, ours) = (expected[next++], map[bin, y, x]);
                        var isClose = double.IsNaN(theirs)
                            ? double.IsNaN(ours) : Math.Abs(ours - theirs) <= Precision(quantity.Name) * (scale + Math.Abs(theirs));
                        Assert.True(isClose, $"{quantity.Name}, bin {bin}, pixel {x}, {y}: {ours:r}, gammapy {theirs:r}");
                    }

            Assert.Equal(expected.Length, next);
        }
    }

    /// <summary>Sums over the kernel's square are the same to the last digits. gammapy folds its kernels in single precision, which is
    /// seen most where it is faint.</summary>
    private static double Precision(string quantity) => quantity switch
    {
        "stat_null" => 1e-8,
        "npred" or "stat" => 1e-6,
        "norm_err" => 1e-5,
        _ => 3e-6,
    };
}
