using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Estimators.Tests;

public sealed class EmptyMapReasonTests
{
    private static readonly MapDataset Plain = Samples.Observation(masked: false);

    public static TheoryData<string> Reasons =>
    [
        "all pixels are masked from 1 to 10 TeV",
        "the background is zero in every unmasked pixel from 1 to 10 TeV",
        "the energy dispersion is zero from 1 to 10 TeV",
        "no unmasked pixel has exposure from 1 to 10 TeV",
    ];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void An_empty_map_says_why_it_is_empty(string reason) => Assert.Equal(reason, Of([Empty(reason)], (0, 2)));

    [Theory]
    [MemberData(nameof(Reasons))]
    public void What_another_dataset_of_a_joint_map_has_is_not_the_reason(string reason)
    {
        Assert.Equal(reason, Of([Empty(reason), Empty(reason)], (0, 2)));
        Assert.NotEqual(reason, Of([Empty(reason), Plain], (0, 2)));
    }

    [Fact]
    public void The_reason_is_that_of_the_energy_bin()
    {
        var mask =
            new Map<bool>(Plain.Geometry, [.. Enumerable.Range(0, Plain.Geometry.Count).Select(i => i / Plain.Geometry.PlaneLength != 1)]);
        Assert.StartsWith(
            "all pixels are masked from 2.154 to 4.642 TeV", Of([Plain with { MaskSafe = mask }], (1, 1)), StringComparison.Ordinal);
        Assert.StartsWith("no kernel reaches", Of([Plain with { MaskSafe = mask }], (2, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Flux_points_that_nothing_exposes_say_so_and_not_that_all_is_masked()
    {
        var dataset = Empty("the energy dispersion is zero from 1 to 10 TeV");
        var failure = Assert.Throws<MapException>(() => Estimators.Points.FluxPointEstimator.Run(
            [dataset], dataset.Grid.PixelCentre(20, 15)!.Value, new TsMapOptions { AllEnergyBins = true }));
        Assert.Contains(
            "the energy dispersion is zero from 1 to 10 TeV; nothing can be fitted there", failure.Message, StringComparison.Ordinal);
    }

    private static string Of(MapDataset[] datasets, (int, int) bins) =>
        EmptyMapReason.Of([.. datasets.Select(dataset => new InMemoryDataset(dataset))], bins, new PowerLaw(2));

    private static MapDataset Empty(string reason) => reason[..7] switch
    {
        "all pix" => Plain with { MaskFit = new Map<bool>(Plain.Geometry) },
        "the bac" => Plain with { Background = new Map<double>(Plain.Geometry) },
        "the ene" => Plain with { Edisp = new EdispMap(new Map<double>(Plain.Edisp!.Data.Geometry), Plain.Edisp.Exposure) },
        _ => Plain with { Exposure = new Map<double>(Plain.Exposure!.Geometry, "m2 s") },
    };
}
