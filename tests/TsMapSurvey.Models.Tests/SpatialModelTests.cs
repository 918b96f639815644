using TsMapSurvey.Maps;
using TsMapSurvey.Models.Images;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Tests;

public sealed class SpatialModelTests
{
    private const double MostEvaluationsPerPixel = 50;

    private static readonly SkyPosition Centre = new(40, 35, SkyFrame.Icrs);

    public static TheoryData<string> Names => [.. ModelSamples.Shapes.Where(pair => pair.Value is ISourceShape).Select(pair => pair.Key)];

    /// <summary>
    /// Elongated and generalised Gaussians and the shell are normalised in the plane; the disk's smooth edge adds to its norm.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_density_integrates_to_one(string name)
    {
        var shape = (ISourceShape)ModelSamples.Shapes[name];
        var (steps, reach) = (1500, 1.2 * shape.EvaluationRadiusDeg);
        var step = 2 * reach / steps;
        var sum = 0.0;
        for (var j = 0; j < steps; j++)
            for (var i = 0; i < steps; i++) sum += shape.DensityPerSr(-reach + (i + 0.5) * step, -reach + (j + 0.5) * step);
        Assert.Equal(1, sum * step * step * Math.Pow(Math.PI / 180, 2), name == "long-disk" ? 0.01 : 1e-3);
    }

    /// <summary>
    /// Every sub-pixel's position by spherical trigonometry, on a grid far from its reference point, with the source off its pixels'
    /// centres.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Images_equal_those_of_exact_positions(string name)
    {
        var shape = (ISourceShape)ModelSamples.Shapes[name];
        var grid =
            new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 1, 1, -0.05, 0.05), 1, 1);
        var origin = new SkyPosition(1.51234, 55.2468, SkyFrame.Galactic).To(SkyFrame.Icrs);
        Assert.True(grid.TryPixelOf(origin, out double x, out double y));
        grid = grid.Cutout((int)x - 50, (int)y - 30, 101, 61);
        var image = SourceImage.Create(shape, SkyFrame.Icrs, grid, origin);
        var oversampling = (int)Math.Max(1, Math.Ceiling(0.05 / shape.BinSizeDeg!.Value));
        var top = image.Max();
        Assert.True(top > 0);
        for (var j = 20; j < 40; j++)
            for (var i = 35; i < 65; i++)
            {
                var sum = 0.0;
                for (var s = 0; s < oversampling * oversampling; s++)
                {
                    grid.Wcs.TryPixelToSky(i - 0.5 + (s % oversampling + 0.5) / oversampling, j - 0.5
                        + (s / oversampling + 0.5) / oversampling, out var lon, out var lat);
                    var here = new SkyPosition(lon, lat, SkyFrame.Galactic).To(SkyFrame.Icrs);
                    var (r, angle) = (origin.SeparationDeg(here), double.DegreesToRadians(origin.PositionAngleDeg(here)));
                    sum += shape.DensityPerSr(r * Math.Sin(angle), r * Math.Cos(angle));
                }

                if (image[j * 101 + i] > 0)
                    Assert.Equal(sum / (oversampling * oversampling) * grid.SolidAngleSr(i, j), image[j * 101 + i], 2e-4 * top);
            }
    }

    [Fact]
    public void A_point_between_pixels_is_shared_so_that_its_place_is_kept()
    {
        var grid = Samples.SurveyGrid;
        grid.Wcs.TryPixelToSky(10.25, 20.5, out var lon, out var lat);
        var image = SourceImage.Create(new PointSource(), SkyFrame.Icrs, grid, new SkyPosition(lon, lat, SkyFrame.Galactic));
        Assert.Equal(1, image.Sum(), 9);
        Assert.Equal(0.375, image[20 * 100 + 10], 6);
        Assert.Equal(0.125, image[21 * 100 + 11], 6);
    }

    [Fact]
    public void The_long_axis_points_where_phi_says()
    {
        var east = new GaussianSource(0.3, 0.9, 90);
        Assert.True(east.DensityPerSr(0.3, 0) > 2 * east.DensityPerSr(0, 0.3));
        var northEast = new DiskSource(0.3, 0.9, 45);
        Assert.True(northEast.DensityPerSr(0.2, 0.2) > 1e3 * northEast.DensityPerSr(0.2, -0.2));
    }

    [Fact]
    public void A_template_gives_back_its_image_and_nothing_beyond()
    {
        using var folder = new TemporaryFolder();
        var template = ModelSamples.WriteTemplate(folder.File("template.fits"));
        var centre = template.Grid.Centre;
        var image = SourceImage.Create(template, SkyFrame.Galactic, template.Grid, centre);
        Assert.Equal(1, image.Sum(), 9);
        Assert.Equal(0, template.DensityPerSr(new SkyPosition(5, 0, SkyFrame.Galactic), centre));
        var (half, moved) = (new SkyPosition(centre.LonDeg + 0.3, centre.LatDeg, centre.Frame),
            new SkyPosition(centre.LonDeg + 2, centre.LatDeg + 1, centre.Frame));
        Assert.Equal(template.DensityPerSr(half, centre), template.DensityPerSr(
            new SkyPosition(half.LonDeg + 2, half.LatDeg + 1, centre.Frame), moved), 1e-6 * template.DensityPerSr(half, centre));
        var raw = ModelSamples.WriteTemplate(folder.File("raw.fits"), normalize: false);
        Assert.Equal(2000 + 900 * Math.Exp(-2.9), raw.DensityPerSr(template.Grid.PixelCentre(11, 8)!.Value, centre), 1e-6);
    }

    /// <summary>What an image costs is how often the density is evaluated: a count, the same on every machine.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_image_of_a_kernel_takes_a_bounded_number_of_evaluations(string name)
    {
        var grid = Samples.SurveyGrid.Recentred(Centre.To(SkyFrame.Galactic), 51);
        var counted = new CountedShape((ISourceShape)ModelSamples.Shapes[name]);
        SourceImage.Create(counted, SkyFrame.Icrs, grid, Centre);
        var perPixel = counted.Evaluations / (double)(grid.Width * grid.Height);
        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {perPixel:f1} evaluations a pixel");
        Assert.InRange(perPixel, 1e-3, MostEvaluationsPerPixel);
    }

    [Theory]
    [InlineData("disk:0.3deg", 0.3)]
    [InlineData("disk:18 arcmin", 0.3)]
    [InlineData("disk: 1", 1)]
    public void The_short_form_of_a_disk_is_read(string text, double radiusDeg) =>
        Assert.Equal(new DiskSource(radiusDeg), SkyModel.ParseSpatial(text));

    [Theory]
    [InlineData("disk")]
    [InlineData("disk:-1deg")]
    [InlineData("disk:1 TeV")]
    [InlineData("shell:1deg")]
    public void A_wrong_short_form_is_refused_by_its_text(string text) =>
        Assert.Contains(text, Assert.Throws<MapException>(() => SkyModel.ParseSpatial(text)).Message, StringComparison.Ordinal);

    private sealed class CountedShape(ISourceShape inner) : ISourceShape
    {
        public long Evaluations { get; private set; }

        public double EvaluationRadiusDeg => inner.EvaluationRadiusDeg;

        public double? BinSizeDeg => inner.BinSizeDeg;

        public double DensityPerSr(double eastDeg, double northDeg)
        {
            Evaluations++;
            return inner.DensityPerSr(eastDeg, northDeg);
        }
    }
}
