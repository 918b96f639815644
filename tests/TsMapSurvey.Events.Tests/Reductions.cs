using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Tests;

/// <summary>Hand-made observations on a small image around their pointing.</summary>
internal static class Reductions
{
    public static ReductionOptions Plain { get; } = new() { OffsetMaxDeg = 2, Background = BackgroundMethod.None };

    public static MapAxis Energy { get; } = MapAxis.EnergyBins("energy", 0.3, 30, 4);

    public static MapAxis EnergyTrue { get; } = MapAxis.EnergyBins("energy_true", 0.2, 50, 5);

    public static SkyGrid Image { get; } = new(
        Wcs.Create(SkyFrame.Icrs, Projection.Tan, new SkyPosition(HandMadeFile.RaDeg, HandMadeFile.DecDeg, SkyFrame.Icrs), 15.5, 15.5,
            -0.15, 0.15),
        30, 30);

    public static EventObservation Read(HandMadeFile made)
    {
        using var folder = new TemporaryFolder();
        made.Write(folder.File("obs.fits"));
        return EventFile.Read(folder.File("obs.fits"));
    }

    public static ObservationRange Range(EventObservation observation, ReductionOptions options) => DatasetReducer.Range(
        observation, ObservationField.CutFrom(Image, observation.Pointing, options.OffsetMaxDeg), Energy, EnergyTrue, options);

    public static MapDataset Reduce(HandMadeFile made, ReductionOptions? options = null) => Reduce(Read(made), options);

    public static MapDataset Reduce(EventObservation observation, ReductionOptions? options = null) => DatasetReducer.Reduce(
        observation, ReductionTarget.Of(Image, Energy, EnergyTrue), Range(observation, options ?? Plain), options ?? Plain);

    public static void AssertSame(MapDataset expected, MapDataset found, double tolerance = 1e-6)
    {
        Assert.Equal(expected.Counts!.Data, found.Counts!.Data);
        Assert.Equal(expected.MaskSafe!.Data, found.MaskSafe!.Data);
        AssertClose(expected.Exposure!, found.Exposure!, tolerance);
        AssertClose(expected.Background!, found.Background!, tolerance);
        AssertClose(expected.Psf!.Density, found.Psf!.Density, tolerance);
        AssertClose(expected.Psf.Exposure!, found.Psf.Exposure!, tolerance);
        AssertClose(expected.Edisp!.Data, found.Edisp!.Data, tolerance);
        Assert.Equal(expected.Gti!.Intervals, found.Gti!.Intervals);
    }

    /// <param name="tolerance">Relative to the largest value.</param>
    public static void AssertClose(Map<double> expected, Map<double> found, double tolerance)
    {
        var largest = expected.Data.Max();
        Assert.True(largest > 0);
        Assert.Equal(expected.Data.Length, found.Data.Length);
        for (var i = 0; i < expected.Data.Length; i++) Assert.Equal(expected.Data[i], found.Data[i], tolerance * largest);
    }
}
