using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Events.Tests;

/// <summary>
/// The observations of H.E.S.S. DL3 DR1 around RX J1713.7-3946 against the datasets that gammapy made of them, whose backgrounds are scaled
/// by one norm for each observation.
/// </summary>
public sealed class HessReleaseTests
{
    public static TheoryData<string> Observations =>
    [
        "020326", "020327", "020349", "020350", "020396", "020397", "020421", "020422", "020517", "020518", "020519", "020521", "020898",
        "020899", "020900",
    ];

    private static readonly ReductionOptions Options = new() { OffsetMaxDeg = 2.3 };

    [Theory]
    [MemberData(nameof(Observations))]
    public void Every_map_agrees_with_the_dataset_of_gammapy(string id)
    {
        var (ours, theirs) = Reduced(id);

        Assert.Equal(theirs.Counts!.Data, ours.Counts!.Data);
        AssertRelative(1e-6, theirs.Exposure!.Data, ours.Exposure!.Data);
        AssertRelative(1e-5, theirs.Background!.Data, ours.Background!.Data);
        AssertOfMaximum(1e-4, theirs.Psf!.Density.Data, ours.Psf!.Density.Data);
        AssertOfMaximum(1e-4, theirs.Edisp!.Data.Data, ours.Edisp!.Data.Data);
        AssertRelative(1e-6, theirs.Psf.Exposure!.Data, ours.Psf.Exposure!.Data);
        AssertRelative(1e-6, theirs.Edisp.Exposure!.Data, ours.Edisp.Exposure!.Data);
        Assert.Equal(theirs.MaskSafe!.Data, ours.MaskSafe!.Data);
        Assert.Equal(theirs.LiveTimeS!.Value, ours.LiveTimeS!.Value, 1e-6);
        Assert.Equal(theirs.Gti!.TotalS, ours.Gti!.TotalS, 1e-6);
    }

    private static (MapDataset Ours, MapDataset Theirs) Reduced(string id)
    {
        var theirs = MapDatasetFile.Read(Shared.Path("data", "hess-rxj1713", $"obs_{id}.fits.gz"));
        var observation = EventFile.Read(Shared.Path("data", "hess-dl3-rxj1713", $"hess_dl3_dr1_obs_id_{id}.fits.gz"));
        var target = ReductionTarget.Of(StackGeometry.Of(theirs));
        var field = ObservationField.CutFrom(target.Image, observation.Pointing, Options.OffsetMaxDeg);
        var range = DatasetReducer.Range(observation, field, target.Energy, target.EnergyTrue, Options);
        return (DatasetReducer.Reduce(observation, target, range, Options), theirs);
    }

    private static void AssertRelative(double tolerance, double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - found[i]) <= tolerance * Math.Abs(expected[i])))
                Assert.Fail($"value {i}: expected {expected[i]}, found {found[i]}");
    }

    private static void AssertOfMaximum(double tolerance, double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        var worst = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= tolerance * expected.Max(), $"largest difference {worst / expected.Max():g3} of the maximum");
    }
}
