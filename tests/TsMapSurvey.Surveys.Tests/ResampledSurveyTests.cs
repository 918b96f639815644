using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Observed;
using static TsMapSurvey.Surveys.Tests.Observations;

namespace TsMapSurvey.Surveys.Tests;

public sealed class ResampledSurveyTests
{
    private readonly Survey _survey = Survey.Resolve(Definitions.Small with { Resample = true });
    private readonly MapDataset _sound;

    public ResampledSurveyTests() => _sound = Sound(_survey, new PixelRegion(2, 3, 5, 4));

    [Fact]
    public void Without_resampling_the_refusal_says_how_to_get_it()
    {
        var exception = Assert.Throws<SurveyException>(() => Survey.Resolve(Definitions.Small).Check(Moved(30, 0)));
        Assert.EndsWith("add \"resample\": true to survey.json", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void An_aligned_observation_is_added_as_it_is()
    {
        var observed = ObservedFile.Of(_sound, _survey);
        Assert.Same(_sound, observed.On(Shape(_survey.Tiling.All().First())));
        Assert.Equal(_survey.TilesOf(_sound), _survey.TilesOf(observed));
    }

    [Theory]
    [InlineData(30, 0, 0.1)]
    [InlineData(30.8, 0.3, 0.05)]
    [InlineData(29, -0.4, 0.13)]
    [InlineData(31.05, 0, 0.1)]
    public void No_tile_that_gets_something_is_missed(double lon, double lat, double pixelDeg)
    {
        var observed = ObservedFile.Of(Moved(lon, lat, pixelDeg), _survey);
        var tiles = _survey.TilesOf(observed);
        Assert.NotEmpty(tiles);
        foreach (var tile in _survey.Tiling.All())
        {
            var stack = new DatasetStack(Shape(tile));
            stack.Add(observed.On(stack.Geometry));
            var isTouched = stack.ToDataset("any").MaskSafe!.Data.Contains(true);
            Assert.True(tiles.Contains(tile) || !isTouched, $"{tile} gets pixels and is not told");
        }
    }

    [Fact]
    public void An_observation_elsewhere_or_with_other_energies_is_refused()
    {
        var elsewhere = Assert.Throws<SurveyException>(() => _survey.Check(Moved(50, 30)));
        Assert.Contains("expected an image that overlaps with the survey", Assert.Single(elsewhere.Problems), StringComparison.Ordinal);
        var other = Survey.Resolve(Definitions.Small with { Resample = true, EnergyAxis = AxisDefinition.LogBins(1, 20, 2) });
        var refused = Assert.Throws<SurveyException>(() => other.Check(Moved(30, 0)));
        Assert.Contains("found the axis", refused.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_much_larger_than_the_tiles_are_warned_of()
    {
        Assert.Empty(ObservedFile.Of(Moved(30, 0, 0.12), _survey).Warnings);
        Assert.Contains("0.4 deg", Assert.Single(ObservedFile.Of(Moved(30, 0, 0.4), _survey).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tile_needs_memory_for_the_dataset_that_it_makes()
    {
        var (with, without) = (TileBytes.Of(_survey), TileBytes.Of(Survey.Resolve(Definitions.Small)));
        Assert.Equal((with.Dataset, 0), (with.Observation, without.Observation));
        var observed = ObservedFile.Of(Moved(30, 0), _survey);
        var shape = Shape(_survey.Tiling.All().First());
        var made = observed.On(shape);
        Assert.True(DatasetBytes.Of(made with { Psf = null, Edisp = null }) <= observed.BytesOn(shape));
    }

    private StackGeometry Shape(TileId tile) => StackGeometry.Covering(_survey.GridWithHalo(tile), StackTemplate.Of(_sound));

    /// <summary>The observation's maps on a TAN image in ICRS.</summary>
    private MapDataset Moved(double lon, double lat, double pixelDeg = 0.1) =>
        _sound.OnImage(OtherImages.TanImage(new SkyPosition(lon, lat, SkyFrame.Galactic), pixelDeg, 3.2, 2.4, 5, 4));
}
