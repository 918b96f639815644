using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests;

/// <summary>Reading a response from an IRF map, and interpolating one IRF grid onto another.</summary>
public sealed class IrfPositionTests
{
    /// <summary>Pixel (x, y) is at longitude 3 - x and latitude y - 2, in degrees.</summary>
    private static readonly SkyGrid Grid = Equatorial(1, 4, 3, 6, 5);

    [Theory]
    [InlineData(2.25, 1.5)]
    [InlineData(0, 0)]
    [InlineData(-0.4, 2)] // Extrapolated, as within half a pixel of the border.
    [InlineData(5.3, 4.4)]
    [InlineData(7, -1)]
    public void A_map_with_exposure_everywhere_is_read_bilinearly(double x, double y)
    {
        Assert.Equal(Value(x, y), Read(x, y, _ => true), 1e-12);
    }

    // Columns 1 to 4 and rows 1 to 3 are exposed: the value is that of the plane through them wherever one of them is the nearest pixel.
    [Theory]
    [InlineData(2.5, 2.5)]
    [InlineData(0.6, 2)]
    [InlineData(4.4, 1.7)]
    [InlineData(3.2, 0.55)]
    [InlineData(2.9, 3.45)]
    [InlineData(0.7, 0.8)]
    [InlineData(4.3, 3.4)]
    public void Pixels_without_exposure_are_not_mixed_in(double x, double y) =>
        Assert.Equal(Value(x, y), Read(x, y, pixel => pixel % 6 is >= 1 and <= 4 && pixel / 6 is >= 1 and <= 3), 1e-12);

    [Fact]
    public void More_than_half_a_pixel_from_exposed_pixels_only_the_nearest_is_read()
    {
        Assert.Equal(Value(1, 2), Read(0.3, 2.2, pixel => pixel % 6 >= 1), 1e-12);
        Assert.Equal(Value(4, 3), Read(9, 9, pixel => pixel % 6 <= 4 && pixel / 6 <= 3), 1e-12);
    }

    [Theory]
    [InlineData(2.3, 2.2)]
    [InlineData(2.3, 1.8)]
    [InlineData(1.7, 2.4)]
    public void A_single_exposed_pixel_is_read_alone_and_a_row_is_interpolated_along_it(double x, double y)
    {
        Assert.Equal(Value(2, 2), Read(x, y, pixel => pixel == 2 * 6 + 2), 1e-12);
        Assert.Equal(Value(x, 2), Read(x, y, pixel => pixel / 6 == 2), 1e-12);
        // Three of the four pixels around it are valid, and no other four: the weights of the three are normalized.
        bool Has(int pixel) => pixel is 2 * 6 + 2 or 2 * 6 + 3 or 3 * 6 + 2;
        var expected =
            ((1 - 0.3) * (1 - 0.2) * Value(2, 2) + 0.3 * (1 - 0.2) * Value(3, 2) + (1 - 0.3) * 0.2 * Value(2, 3)) / (1 - 0.3 * 0.2);
        Assert.Equal(expected, Read(2.3, 2.2, Has), 1e-12);
    }

    [Theory]
    [InlineData(2.45, 2.2, 1, 3)] // Pixel (1, 3) would count if columns 1 and 2 were continued.
    [InlineData(2.2, 2.45, 3, 1)]
    public void Next_to_an_unexposed_pixel_values_are_extrapolated_along_the_closer_axis(
        double x, double y, int otherX, int otherY)
    {
        var psf = Psf(Grid, (_, i, j) =>
            (i, j) == (3, 3) ? 0 : Value(i, j) + ((i, j) == (otherX, otherY) ? 5 : 0), (_, i, j) => (i, j) == (3, 3) ? 0 : 1e9);
        Assert.Equal(Value(x, y), new PsfProfile(psf, At(Grid, x, y)).DensityAt(0).At(0.01), 1e-12);
    }

    [Fact]
    public void Each_energy_is_read_where_it_was_exposed()
    {
        var psf = Psf(Grid, (_, x, y) => Value(x, y), (energy, x, _) => energy == 0 || x >= 3 ? 1e9 : 0);
        var profile = new PsfProfile(psf, At(Grid, 1.2, 2));
        Assert.Equal(Value(1.2, 2), profile.DensityAt(0).At(0.01), 1e-12);
        Assert.Equal(Value(3, 2), profile.DensityAt(1).At(0.01), 1e-12);
        // A non-zero density is a PSF even without exposure.
        var unexposed = psf with { Density = Psf(Grid, (_, x, y) => Value(x, y), (_, _, _) => 1).Density };
        Assert.Equal(Value(1.2, 2), new PsfProfile(unexposed, At(Grid, 1.2, 2)).DensityAt(1).At(0.01), 1e-12);
    }

    [Theory]
    [InlineData(0.4, 2.2, 1, 2)] // Column 0 was not exposed, nor was row 4.
    [InlineData(3.3, 4.4, 3, 3)]
    [InlineData(0, 4, 1, 3)]
    [InlineData(2.4, 1.6, 2, 2)]
    public void The_energy_dispersion_is_read_at_the_nearest_pixel_that_was_exposed(double x, double y, int column, int row)
    {
        var edisp = new EdispMap(
            Filled(new MapGeometry(Grid, Samples.Energy, Samples.EnergyTrue), (plane, i, j) => i == 0 || j == 4 ? 0 : Value(i, j) + plane),
            Filled(new MapGeometry(Grid, Samples.Energy.Squash(), Samples.EnergyTrue), (_, i, j) => i == 0 || j == 4 ? 0 : 1e9));
        var kernel = EdispKernel.Create(edisp, At(Grid, x, y), Samples.Energy, Samples.EnergyTrue, "here");
        for (var j = 0; j < kernel.TrueBins; j++)
            for (var k = 0; k < kernel.RecoBins; k++)
                Assert.Equal(Value(column, row) + j * kernel.RecoBins + k, kernel[k, j]);
    }

    [Theory]
    [InlineData(-3.3)]
    [InlineData(-0.2)]
    [InlineData(0.4)]
    [InlineData(3.7)]
    public void A_map_across_native_longitude_180_is_read_like_any_other(double lonFromSeamDeg)
    {
        // Pixel (5, 2) of 11 x 5 is at longitude 180, where CAR's native longitude turns over.
        var seam = Equatorial(1, 186, 3, 11, 5);
        var psf = Psf(seam, (_, x, y) => Value(x, y), (_, _, _) => 1e9);
        var found = new PsfProfile(psf, new SkyPosition(180 + lonFromSeamDeg, 0.3, SkyFrame.Icrs)).DensityAt(0).At(0.01);
        Assert.Equal(Value(5 - lonFromSeamDeg, 2.3), found, 1e-9);
        Assert.Equal(((int)Math.Round(5 - lonFromSeamDeg), 2),
            psf.Density.Geometry.NearestPixel(new SkyPosition(180 + lonFromSeamDeg, 0.3, SkyFrame.Icrs)));
    }

    // Own pixels are a third or 1.4 of the other's, in another phase: some centres lie within half a pixel beyond the other's outermost
    // centres, some farther.
    [Theory]
    [InlineData(1 / 3.0, 11.2, 8.4, 24, 20)]
    [InlineData(1.4, 4.1, 3.3, 8, 7)]
    public void Another_irf_grid_is_interpolated_by_exposure_up_to_half_a_pixel_beyond_its_outermost_centres(
        double pixelDeg, double crpix1, double crpix2, int width, int height)
    {
        var own = Equatorial(pixelDeg, crpix1, crpix2, width, height);
        double Exposure(int energy, int x, int y) => 1e9 * (1 + energy + 0.3 * x + 0.2 * y * y);
        var sample = Samples.Observation(masked: false);
        var cube = new MapGeometry(Equatorial(0.1, 40.5, 30.5, 80, 60), Samples.Energy);
        var observation = sample with
        {
            Counts = new Map<double>(cube),
            Background = new Map<double>(cube),
            Exposure = new Map<double>(cube.With(Samples.EnergyTrue), "m2 s"),
            MaskSafe = null,
            Edisp = null,
            Psf = Psf(Grid, (plane, x, y) => Value(x, y) + plane, Exposure),
        };
        var stack = new DatasetStack(
            new StackGeometry(cube.Grid!, Samples.Energy, Samples.EnergyTrue, observation.Psf.Density.Geometry.WithGrid(own), null));
        stack.Add(observation);
        var found = stack.ToDataset("s").Psf!;
        var (inside, border) = (0, 0);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                Assert.True(Grid.TryPixelOf(own.PixelCentre(x, y)!.Value, out double u, out double v));
                if (Math.Abs(Math.Abs(u - 2.5) - 3) < 1e-6 || Math.Abs(Math.Abs(v - 2) - 2.5) < 1e-6) continue;
                var isInside = u > -0.5 && u < 5.5 && v > -0.5 && v < 4.5;
                inside += isInside ? 1 : 0;
                border += isInside && (u < 0 || u > 5 || v < 0 || v > 4) ? 1 : 0;
                foreach (var plane in new[] { 0, 50, 190 })
                {
                    var energy = plane / Samples.Rad.BinCount;
                    var weight = isInside ? Bilinear(u, v, (i, j) => Exposure(energy, i, j)) : 0;
                    Assert.Equal(weight, found.Exposure![energy, y, x], 1e-9 * 1e9);
                    var value = isInside ? Bilinear(u, v, (i, j) => Exposure(energy, i, j) * (Value(i, j) + plane)) / weight : 0;
                    Assert.Equal(value, found.Density[plane, y, x], 1e-9 * (1 + value));
                }
            }

        Assert.True(inside > 10 && border > 3 && inside < width * height, $"{inside} inside, {border} of them at the border");
    }

    /// <summary>Interpolates between pixel centres; constant outside the outermost centres.</summary>
    private static double Bilinear(double u, double v, Func<int, int, double> value)
    {
        var sum = 0.0;
        for (var j = 0; j < 5; j++)
            for (var i = 0; i < 6; i++)
                sum += Math.Max(0, 1 - Math.Abs(Math.Clamp(u, 0, 5) - i)) * Math.Max(0, 1 - Math.Abs(Math.Clamp(v, 0, 4) - j)) * value(
                    i, j);
        return sum;
    }

    /// <summary>Bilinear, with a product: 10 and more wherever it is read here.</summary>
    private static double Value(double x, double y) => 20 + 0.7 * x - 0.4 * y + 0.05 * x * y;

    private static double Read(double x, double y, Func<int, bool> exposed) =>
        new PsfProfile(Psf(Grid, (_, i, j) => exposed(j * 6 + i) ? Value(i, j) : 0, (_, i, j) => exposed(j * 6 + i) ? 1e9 : 0),
            At(Grid, x, y)).DensityAt(0).At(0.01);

    private static PsfMap Psf(SkyGrid grid, Func<int, int, int, double> density, Func<int, int, int, double> exposure)
    {
        var weights = Filled(new MapGeometry(grid, Samples.Rad.Squash(), Samples.EnergyTrue), exposure);
        return new PsfMap(Filled(new MapGeometry(grid, Samples.Rad, Samples.EnergyTrue), (plane, x, y) =>
            weights[plane / Samples.Rad.BinCount, y, x] > 0 ? density(plane, x, y) : 0), weights);
    }

    private static Map<double> Filled(MapGeometry geometry, Func<int, int, int, double> value) =>
        new(geometry, [.. Enumerable.Range(0, geometry.Count)
            .Select(i => value(i / geometry.PlaneLength, i % geometry.Width, i / geometry.Width % geometry.Height))]);

    /// <summary>CAR around (0, 0), so that pixels are degrees.</summary>
    private static SkyGrid Equatorial(double pixelDeg, double crpix1, double crpix2, int width, int height) =>
        new(Wcs.Create(SkyFrame.Icrs, Projection.Car, new SkyPosition(0, 0, SkyFrame.Icrs), crpix1, crpix2, -pixelDeg, pixelDeg), width,
            height);

    private static SkyPosition At(SkyGrid grid, double x, double y)
    {
        Assert.True(grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat));
        return new SkyPosition(lon, lat, SkyFrame.Icrs);
    }
}
