using TsMapSurvey.Maps;

namespace TsMapSurvey.Plots.Tests;

public sealed class PlotPlaneTests
{
    private static readonly MapAxis Bins = MapAxis.EnergyEdges("energy", 0.1, 1, 10);
    private static readonly MapAxis Points = new("energy_true", [1e-4, 1e-3, 0.5], AxisInterpolation.Log, AxisNodes.Centers, "TeV");
    private static readonly MapAxis Numbers = new("plane", [0, 1, 2], AxisInterpolation.Linear, AxisNodes.Centers, "");
    private static readonly MapAxis One = new("plane", [0], AxisInterpolation.Linear, AxisNodes.Centers, "");
    private static readonly MapAxis Rad = new("rad", [0, 0.5, 1], AxisInterpolation.Linear, AxisNodes.Edges, "deg");

    public static TheoryData<MapAxis[], int?, string, string> Captions => new()
    {
        { [], null, "counts", "" },
        { [Bins], 1, "counts", "1 – 10 TeV" },
        { [Bins], null, "counts", "sum of 2 planes, 0.1 – 10 TeV" },
        { [Bins], null, "sqrt_ts", "0.1 – 1 TeV" },
        { [Bins], null, "mask_safe", "any of 2 planes, 0.1 – 10 TeV" },
        { [Points], null, "exposure", "100 MeV" },
        { [Points], 2, "exposure", "500 GeV" },
        { [Points], null, "counts", "sum of 3 planes, 0.1 – 500 GeV" },
        { [Numbers], null, "counts", "sum of 3 planes" },
        { [Numbers], 2, "counts", "plane 2 of 0 to 2" },
        { [One, Bins], 1, "counts", "1 – 10 TeV" },
        { [Rad, Bins], 2, "counts", "rad 0 – 0.5 deg, 1 – 10 TeV" },
        { [Bins, Rad], 1, "counts", "1 – 10 TeV, rad 0 – 0.5 deg" },
    };

    [Theory]
    [MemberData(nameof(Captions))]
    public void The_caption_says_which_planes_and_energies_are_shown(MapAxis[] axes, int? plane, string quantity, string caption) =>
        Assert.Equal(caption, PlotPlane.Of(Pictures.Zeros(Pictures.Galactic(4, 3), axes), plane, QuantityLabels.Of(quantity)).Caption);

    [Fact]
    public void Of_a_mask_the_pixels_are_shown_that_are_set_in_any_plane()
    {
        var map = Pictures.Zeros(Pictures.Galactic(2, 2), Bins);
        (map.Plane(0)[0], map.Plane(1)[0], map.Plane(1)[2]) = (1, 1, 1);
        Assert.Equal([1.0, 0, 1, 0], PlotPlane.Of(map, null, QuantityLabels.Of("mask_safe")).Values);
        Assert.Equal([1.0, 0, 0, 0], PlotPlane.Of(map, 0, QuantityLabels.Of("mask_safe")).Values);
    }
}
