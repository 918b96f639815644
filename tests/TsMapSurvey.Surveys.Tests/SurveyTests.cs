using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Tests;

public sealed class SurveyTests
{
    [Fact]
    public void Real_observations_fall_into_a_survey_of_the_whole_plane_pixel_by_pixel()
    {
        var path = Shared.Path("data", "hess-rxj1713", "obs_020326.fits.gz");
        var survey = Survey.Resolve(SurveyDefinition.Parse(Definitions.Hess));
        var grid = survey.Grid;
        Assert.Equal((9000, 1000, 4500.5, 500.5, 0.0, 0.0, -0.04, 0.04),
            (grid.Width, grid.Height, grid.Wcs.Crpix1, grid.Wcs.Crpix2, grid.Wcs.Crval1, grid.Wcs.Crval2, grid.Wcs.Cdelt1,
                grid.Wcs.Cdelt2));
        var observation = MapDatasetFile.Read(path);
        survey.Check(observation);
        Assert.Equal(new PixelRegion(4744, 411, 125, 125), ((GridTiling)survey.Tiling).InSurveyPixels(observation.Grid));
        var tiles = survey.TilesOf(observation);
        Assert.Contains(survey.Tiling.Owner(observation.Grid.Centre)!.Value.Tile, tiles);
        var owned = tiles.Sum(tile => observation.Grid.Overlaps(survey.GridOf(tile)).Sum(pair => pair.Source.Area));
        Assert.Equal(125 * 125, owned);
    }

    [Fact]
    public void Longitudes_wrap_around_the_sky()
    {
        var survey = Survey.Resolve(SurveyDefinition.Parse(Definitions.Hess));
        var tiling = (GridTiling)survey.Tiling;
        Assert.True(tiling.IsFullTurn);
        var seam = survey.Grid.Cutout(-10, 500, 20, 4);
        var columns = survey.TilesOf(seam).Select(Column).Distinct().ToArray();
        Assert.Contains(0, columns);
        Assert.Contains(tiling.Columns - 1, columns);
        var west = new SkyPosition(180.1, 0, SkyFrame.Galactic);
        var east = new SkyPosition(179.9, 0, SkyFrame.Galactic);
        Assert.Equal(
            [0, tiling.Columns - 1], new[] { Column(tiling.Owner(west)!.Value.Tile), Column(tiling.Owner(east)!.Value.Tile) }.Order());
        Assert.Equal(tiling.Owner(east), tiling.Owner(east with { LonDeg = 539.9 }));

        int Column(TileId tile) => tiling.RegionOf(tile).X / tiling.TilePixels;
    }

    [Theory]
    [InlineData("galactic", "CAR", 345, 0, 0.05, 16, 8, 320, 160, 345, 0, 160.5, 80.5)]
    [InlineData("galactic", "CAR", 345, 2, 0.05, 16, 8, 320, 160, 345, 0, 160.5, 40.5)]
    [InlineData("icrs", "TAN", 83.6, 22, 0.1, 5, 4, 50, 40, 83.6, 22, 25.5, 20.5)]
    [InlineData("fk5", "CAR", 10, -3, 0.02, 1.01, 0.99, 50, 50, 10, 0, 25.5, 175.5)]
    public void Explicit_grids_have_their_reference_in_the_middle(
        string frame, string projection, double lon, double lat, double pixel, double width, double height,
        int columns, int rows, double crval1, double crval2, double crpix1, double crpix2)
    {
        var grid = Survey.Resolve(Definitions.Small with
        {
            Tiling = new TilingDefinition
            {
                Frame = frame,
                Projection = projection,
                CentreLonDeg = lon,
                CentreLatDeg = lat,
                PixelSizeDeg = pixel,
                WidthDeg = width,
                HeightDeg = height,
            },
        }).Grid;
        Assert.Equal((columns, rows), (grid.Width, grid.Height));
        Assert.Equal((crval1, crval2), (grid.Wcs.Crval1, grid.Wcs.Crval2));
        Assert.Equal(crpix1, grid.Wcs.Crpix1, 9);
        Assert.Equal(crpix2, grid.Wcs.Crpix2, 9);
        Assert.Equal(0, grid.Centre.SeparationDeg(new SkyPosition(lon, lat, grid.Frame)), 9);
    }

    [Fact]
    public void Astropy_sees_an_explicit_grid_where_this_project_does()
    {
        var python = Tools.NeedAstropy();
        var grid = Survey.Resolve(SurveyDefinition.Parse(Definitions.Hess)).Grid;
        // The grid as gammapy's WcsGeom.create(npix=(9000, 1000), binsz=0.04, proj="CAR", frame="galactic", skydir=(0, 0)) sets it up.
        var result = Tools.Run(python, ["-c", """
            from astropy.wcs import WCS
            w = WCS(naxis=2)
            w.wcs.ctype = ["GLON-CAR", "GLAT-CAR"]
            w.wcs.crval = (0, 0)
            w.wcs.cdelt = (-0.04, 0.04)
            w.wcs.crpix = ((9000 + 1) / 2, (1000 + 1) / 2)
            print(*w.wcs_pix2world(4744, 411, 0))
            """]);
        Assert.Equal(0, result.ExitCode);
        var sky = result.Output.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(grid.Wcs.TryPixelToSky(4744, 411, out var lon, out var lat));
        Assert.Equal(sky[0], lon, 9);
        Assert.Equal(sky[1], lat, 9);
    }

    [Fact]
    public void A_tile_owns_its_pixels_and_has_a_halo_of_half_the_widest_kernel()
    {
        var survey = Survey.Resolve(Definitions.Small with
        {
            Maps = new Dictionary<string,
                MapDefinition>
            {
                ["narrow"] = MapDefinition.Parse("""{ "kernelWidthDeg": 0.3 }"""),
                ["wide"] = MapDefinition.Parse("""{ "spatial": "gauss:0.1deg", "kernelWidthDeg": 0.72 }""")
            },
        });
        // 0.72 degrees are 7.2 pixels of 0.1: the odd number above is 9, and half of it 4.
        Assert.Equal(4, survey.HaloPixels);
        var corner = GridTiling.IdOf(2, 1);
        Assert.Equal((4, 2), (survey.GridOf(corner).Width, survey.GridOf(corner).Height));
        Assert.Equal((12, 10), (survey.GridWithHalo(corner).Width, survey.GridWithHalo(corner).Height));
        Assert.Equal(new PixelRegion(4, 4, 4, 2), survey.OwnedPixels(corner).Box);
        Assert.Equal(survey.GridOf(corner).PixelCentre(0, 0), survey.GridWithHalo(corner).PixelCentre(4, 4));
    }

    [Fact]
    public void Tiles_of_an_observation_are_those_whose_halo_it_reaches()
    {
        var survey = Survey.Resolve(Definitions.Small);
        Assert.Equal(2, survey.HaloPixels);
        TileId[] Tiles(int x, int width) => [.. survey.TilesOf(survey.Grid.Cutout(x, 1, width, 2))];
        Assert.Equal([GridTiling.IdOf(0, 0)], Tiles(0, 6));
        Assert.Equal([GridTiling.IdOf(0, 0), GridTiling.IdOf(1, 0)], Tiles(0, 7));
        Assert.Equal([GridTiling.IdOf(0, 0), GridTiling.IdOf(1, 0)], Tiles(9, 1));
        Assert.Empty(Tiles(22, 5));
    }

    [Fact]
    public void A_map_without_a_kernel_width_gets_one_that_holds_source_and_PSF()
    {
        var survey = Survey.Resolve(Definitions.Small with
        {
            Maps = new Dictionary<string,
            MapDefinition>
            { ["p"] = MapDefinition.Parse("{}"), ["g"] = MapDefinition.Parse("""{ "spatial": "gauss:0.1deg" }""") }
        });
        Assert.Equal(1, survey.Maps["p"].KernelWidthDeg);
        Assert.Equal(Survey.DefaultKernelWidthDeg(new GaussianSource(0.1)), survey.Maps["g"].KernelWidthDeg);
        Assert.Equal(PsfKernel.OddSize(2, 0.1) / 2, survey.HaloPixels);
    }

    [Fact]
    public void A_survey_like_an_observation_takes_its_grid_and_axes()
    {
        var like = Observations.Sound(Survey.Resolve(Definitions.Small), new PixelRegion(2, 3, 6, 4));
        var survey = Survey.Resolve(SurveyDefinition.Parse(Definitions.LikeFile), like);
        Assert.Equal(like.Grid, survey.Grid);
        Assert.True(survey.Energy.Matches(like.Energy) && survey.EnergyTrue.Matches(like.Exposure!.Geometry.Axes[0]));
        survey.Check(like);
        var wider = Survey.Resolve(survey.Definition with { Tiling = survey.Definition.Tiling with { WidthDeg = 1, HeightDeg = 1 } }, like);
        Assert.Equal(new PixelRegion(2, 3, 6, 4), ((GridTiling)wider.Tiling).InSurveyPixels(like.Grid));
        Assert.Equal((10, 10), (wider.Grid.Width, wider.Grid.Height));
    }

    [Theory]
    [InlineData(Projection.Car, 0.1, null)]
    [InlineData(Projection.Tan, 0.1, null)]
    [InlineData(Projection.Sin, 0.1, null)]
    [InlineData(Projection.Arc, 0.1, null)]
    [InlineData(Projection.Stg, 0.1, null)]
    [InlineData(Projection.Zea, 0.1, null)]
    [InlineData(Projection.Zea, 40, "a ZEA image with pixels outside the sky")]
    [InlineData(Projection.Sin, 40, "a SIN image with pixels outside the sky")]
    [InlineData(Projection.Ait, 0.1, "'observations/first.fits.gz' in the projection AIT")]
    [InlineData(Projection.Mol, 0.1, "in the projection MOL")]
    [InlineData(Projection.Sfl, 0.1, "in the projection SFL")]
    public void A_survey_is_like_an_observation_in_a_projection_that_can_be_tiled(Projection projection, double step, string? problem)
    {
        var sound = Observations.Sound(Survey.Resolve(Definitions.Small), new PixelRegion(2, 3, 6, 4));
        var grid = new SkyGrid(Wcs.Create(SkyFrame.Icrs, projection, new SkyPosition(83, 22, SkyFrame.Icrs), 3.5, 2.5, -step, step), 6, 4);
        Map<double> On(Map<double> map) => new(map.Geometry.WithGrid(grid), map.Unit);
        var like =
            sound with { Counts = On(sound.Counts!), Background = On(sound.Background!), Exposure = On(sound.Exposure!), MaskSafe = null };
        var definition = SurveyDefinition.Parse(Definitions.LikeFile);
        if (problem is null) Assert.Equal(grid, Survey.Resolve(definition, like).Grid);
        else Assert.Contains(
            problem, Assert.Throws<SurveyException>(() => Survey.Resolve(definition, like)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_survey_like_an_observation_needs_it_with_what_it_takes()
    {
        var definition = SurveyDefinition.Parse(Definitions.LikeFile);
        Assert.Equal("observations/first.fits.gz", definition.Like);
        Assert.Contains("'observations/first.fits.gz', but the file was not given",
            Assert.Throws<SurveyException>(() => Survey.Resolve(definition)).Message, StringComparison.Ordinal);
        var like = Observations.Sound(Survey.Resolve(Definitions.Small), new PixelRegion(2, 3, 6, 4));
        Assert.StartsWith("trueEnergyAxis.like: ", Assert.Single(Assert.Throws<SurveyException>(
            () => Survey.Resolve(definition, like with { Exposure = null })).Problems), StringComparison.Ordinal);
    }
}
