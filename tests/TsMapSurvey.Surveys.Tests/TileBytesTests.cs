using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Tests;

/// <summary>What a tile takes in memory is known before anything is allocated.</summary>
public sealed class TileBytesTests
{
    private const long Gigabyte = 1L << 30;

    /// <summary>A few hundred bytes that ask for a halo of 750 pixels.</summary>
    private const string Wide = """
        { "name": "wide",
          "tiling": { "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.04, "widthDeg": 10, "heightDeg": 10 },
          "energyAxis": { "minTeV": 0.5, "maxTeV": 50, "bins": 20 }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 30 },
          "maps": { "point": { "kernelWidthDeg": 60 } } }
        """;

    [Fact]
    public void Usual_tiles_fit_and_a_few_hundred_bytes_that_take_gigabytes_do_not()
    {
        Assert.Null(TileBytes.Of(Of(Definitions.Hess)).ProblemWith(Gigabyte));
        var problem = TileBytes.Of(Of(Wide)).ProblemWith(Gigabyte);
        Assert.Matches(
            @"found a tile that needs \d+(\.\d+)? GB of memory with its halo, "
            + @"expected at most 1\.07 GB \(the server's setting Memory:TileBytes\)", problem);
    }

    [Theory]
    [InlineData("\"kernelWidthDeg\": 60", "\"kernelWidthDeg\": 0.5", true)]
    [InlineData("\"bins\": 20", "\"bins\": 1", false)]
    [InlineData("\"heightDeg\": 10", "\"heightDeg\": 10, \"tilePixels\": 4096", false)]
    [InlineData("\"pixelSizeDeg\": 0.04, \"widthDeg\": 10, \"heightDeg\": 10",
        "\"pixelSizeDeg\": 1e-9, \"widthDeg\": 1e-5, \"heightDeg\": 1e-5", false)]
    public void Each_property_that_makes_a_tile_large_counts(string old, string other, bool fits) =>
        Assert.Equal(fits, TileBytes.Of(Of(Wide.Replace(old, other, StringComparison.Ordinal))).FitsInto(Gigabyte));

    [Fact]
    public void The_figures_are_those_of_the_arrays_that_are_allocated()
    {
        var survey = Survey.Resolve(Definitions.Small);
        var observation = Observations.Sound(survey, new PixelRegion(0, 0, 10, 10));
        var (bytes, stack) = (TileBytes.Of(survey, StackTemplate.Of(observation)),
            new DatasetStack(survey.GridWithHalo(GridTiling.IdOf(0, 0)), StackTemplate.Of(observation)));
        stack.Add(observation);
        // A stack counts the cover of a fit mask only when an observation has one.
        Assert.InRange(bytes.Stack, stack.ByteSize, 1.2 * stack.ByteSize);
        var dataset = DatasetBytes.Of(stack.ToDataset("stack"));
        Assert.InRange(bytes.Dataset, dataset, 1.1 * dataset);
    }

    [Fact]
    public void Irf_maps_with_which_a_tile_is_too_large_are_refused_with_the_figure()
    {
        var survey = Survey.Resolve(Definitions.Small);
        var template = StackTemplate.Of(Observations.Sound(survey, new PixelRegion(0, 0, 10, 10)));
        TileBytes.CheckTemplate(survey, template, Gigabyte);
        var exception = Assert.Throws<SurveyException>(
            () => TileBytes.CheckTemplate(survey, template, (long)TileBytes.Of(survey, template).Total - 1));
        Assert.Contains(
            "PSF and EDISP: found IRF maps with which a tile needs", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    private static Survey Of(string json) => Survey.Resolve(SurveyDefinition.Parse(json));
}
