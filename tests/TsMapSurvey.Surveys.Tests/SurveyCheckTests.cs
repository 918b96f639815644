using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using static TsMapSurvey.Surveys.Tests.Observations;

namespace TsMapSurvey.Surveys.Tests;

public sealed class SurveyCheckTests
{
    private readonly Survey _survey = Survey.Resolve(Definitions.Small);
    private readonly MapDataset _sound;

    public SurveyCheckTests() => _sound = Sound(_survey, new PixelRegion(2, 3, 5, 4));

    [Fact]
    public void A_sound_observation_is_accepted()
    {
        _survey.Check(_sound);
        _survey.Check(_sound with { MaskSafe = null, MaskFit = null, Gti = null });
        _survey.Check(Sound(_survey, new PixelRegion(-3, -3, 5, 5)));
    }

    [Fact]
    public void Every_missing_map_is_named()
    {
        var problems = Refused(new MapDataset { Name = "empty", MaskSafe = _sound.MaskSafe });
        Assert.Equal(["COUNTS", "BACKGROUND", "EXPOSURE", "PSF", "EDISP"], problems.Select(problem => problem.Split(':')[0]));
    }

    [Fact]
    public void Responses_without_weights_cannot_be_stacked()
    {
        var problems = Refused(_sound with { Psf = _sound.Psf! with { Exposure = null }, Edisp = _sound.Edisp! with { Exposure = null } });
        Assert.Equal(["PSF_EXPOSURE", "EDISP_EXPOSURE"], problems.Select(problem => problem.Split(':')[0]));
    }

    [Fact]
    public void With_one_response_for_the_survey_an_observation_needs_none() =>
        Survey.Resolve(Definitions.Small with { Irfs = "irfs.fits.gz" }).Check(_sound with { Psf = null, Edisp = null });

    [Fact]
    public void Another_grid_is_refused_with_both_grids_named()
    {
        var other = Survey.Resolve(Definitions.Small with { Tiling = Definitions.Small.Tiling with { CentreLonDeg = 30.05 } });
        var problem = Assert.Single(Refused(Sound(other, new PixelRegion(0, 0, 4, 4))));
        Assert.StartsWith("COUNTS: the grids do not share their pixels", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observation_beside_the_survey_is_refused() => Assert.Contains("outside the survey",
        Assert.Single(Refused(Sound(_survey, new PixelRegion(21, 3, 5, 4)))), StringComparison.Ordinal);

    [Fact]
    public void Counts_without_an_image_are_refused()
    {
        var region = new Map<double>(new MapGeometry(null, _survey.Energy));
        Assert.StartsWith("COUNTS: found a single spatial bin", Refused(_sound with { Counts = region })[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Other_axes_are_refused_with_both_named()
    {
        var other = Survey.Resolve(Definitions.Small with
        {
            EnergyAxis = AxisDefinition.LogBins(1, 11, 2),
            TrueEnergyAxis = AxisDefinition.LogBins(0.5, 20, 4)
        });
        var observation = Sound(other, new PixelRegion(2, 3, 5, 4));
        Assert.Equal("COUNTS: found the axis energy: 2 bins from 1 to 11 TeV, expected energy: 2 bins from 1 to 10 TeV",
            Assert.Single(Refused(observation)));
        var problems = Refused(_sound with { Exposure = observation.Exposure, Psf = observation.Psf, Edisp = observation.Edisp });
        Assert.Equal(["EXPOSURE", "PSF", "EDISP", "EDISP"], problems.Select(problem => problem.Split(':')[0]));
    }

    [Fact]
    public void Maps_on_other_pixels_than_the_counts_are_refused()
    {
        var shifted = Sound(_survey, new PixelRegion(3, 3, 5, 4));
        var problems = Refused(_sound with
        {
            Background = shifted.Background,
            Exposure = shifted.Exposure,
            MaskSafe = shifted.MaskSafe,
            MaskFit = shifted.MaskSafe
        });
        Assert.Equal(["BACKGROUND", "MASK_SAFE", "MASK_FIT", "EXPOSURE"], problems.Select(problem => problem.Split(':')[0]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Bad_values_inside_the_mask_are_refused_and_located(double value)
    {
        Assert.Contains("bin 1, pixel (2, 1)", Assert.Single(Refused(_sound with { Counts = With(_sound.Counts!, 27, value) })),
            StringComparison.Ordinal);
        Assert.StartsWith("BACKGROUND: found", Assert.Single(Refused(_sound with { Background = With(_sound.Background!, 0, value) })),
            StringComparison.Ordinal);
        Assert.StartsWith("EXPOSURE: found", Assert.Single(Refused(_sound with { Exposure = With(_sound.Exposure!, 59, value) })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_counts_and_background_outside_the_mask_do_not_matter()
    {
        var mask = (bool[])_sound.MaskSafe!.Data.Clone();
        mask[7] = false;
        _survey.Check(_sound with
        {
            MaskSafe = _sound.MaskSafe with { Data = mask },
            Counts = With(_sound.Counts!, 7, double.NaN),
            Background = With(_sound.Background!, 7, -3),
        });
    }

    [Fact]
    public void An_observation_without_a_safe_pixel_is_accepted_and_touches_no_tile()
    {
        var unsafeEverywhere = _sound with { MaskSafe = new Map<bool>(_sound.Geometry) };
        _survey.Check(unsafeEverywhere);
        Assert.Empty(_survey.TilesOf(unsafeEverywhere));
        Assert.NotEmpty(_survey.TilesOf(_sound));
    }

    private IReadOnlyList<string> Refused(MapDataset observation)
    {
        var exception = Assert.Throws<SurveyException>(() => _survey.Check(observation));
        Assert.StartsWith($"observation {observation.Name}: ", exception.Message, StringComparison.Ordinal);
        return exception.Problems;
    }
}
