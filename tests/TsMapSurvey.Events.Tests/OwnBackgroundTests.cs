using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Tests;

/// <summary>What the range of an observation was worked out from serves its images too.</summary>
public sealed class OwnBackgroundTests
{
    private static readonly ReductionOptions Scaled = new() { OffsetMaxDeg = 2 };

    /// <summary>A part of the field, the field and what is around it, beside the field, and other pixels.</summary>
    [Theory]
    [InlineData(9, 4, 30, 12, 0)]
    [InlineData(-20, -25, 80, 90, 0)]
    [InlineData(40, 0, 20, 20, 0)]
    [InlineData(0, 0, 30, 30, 0.3)]
    public void An_image_is_the_same_with_it_and_without(int x, int y, int width, int height, double shift)
    {
        var observation = Reductions.Read(new HandMadeFile());
        var range = DatasetReducer.Range(
            observation, ObservationField.CutFrom(Reductions.Image, observation.Pointing, Scaled.OffsetMaxDeg), Reductions.Energy,
            Reductions.EnergyTrue, Scaled, out var known);
        Assert.NotNull(known);
        Assert.NotEqual(1, range.BackgroundNorm);
        var image = Reductions.Image.Cutout(x, y, width, height);
        if (shift != 0)
            image = new SkyGrid(
                Wcs.Create(SkyFrame.Icrs, Projection.Tan,
                    new SkyPosition(HandMadeFile.RaDeg + shift * 0.15, HandMadeFile.DecDeg, SkyFrame.Icrs),
                    15.5, 15.5, -0.15, 0.15),
                width, height);
        var target = ReductionTarget.Of(image, Reductions.Energy, Reductions.EnergyTrue);

        var without = DatasetReducer.Reduce(observation, target, range, Scaled, onlySafe: true);
        var with = DatasetReducer.Reduce(observation, target, range, Scaled, onlySafe: true, known);

        Assert.Equal(without.Counts!.Geometry.Grid, with.Counts!.Geometry.Grid);
        Assert.Equal(without.Counts.Data, with.Counts.Data);
        Assert.Equal(without.MaskSafe!.Data, with.MaskSafe!.Data);
        AssertSame(without.Background!, with.Background!);
        AssertSame(without.Exposure!, with.Exposure!);
        AssertSame(without.Psf!.Density, with.Psf!.Density);
        AssertSame(without.Edisp!.Data, with.Edisp!.Data);
        if (x < 30) Assert.Contains(true, with.MaskSafe.Data);
    }

    private static void AssertSame(Map<double> expected, Map<double> found)
    {
        for (var i = 0; i < expected.Data.Length; i++) Assert.Equal(expected.Data[i], found.Data[i], 1e-12 * Math.Abs(expected.Data[i]));
    }
}
