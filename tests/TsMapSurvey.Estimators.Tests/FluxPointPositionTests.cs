using MathNet.Numerics;
using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// Sources between pixels whose counts are just those expected: a Gaussian PSF around the source, integrated over every pixel in closed
/// form, over a flat background. Norm 1 is
/// then the answer of a fit at the right place.
/// </summary>
public sealed class FluxPointPositionTests
{
    private const double PixelDeg = 0.1, PsfDeg = 0.08, SourceCounts = 10, BackgroundCounts = 5;

    private static readonly MapAxis Energy = MapAxis.EnergyEdges("energy", [1, 10]);

    private static readonly MapAxis EnergyTrue = MapAxis.EnergyEdges("energy_true", [1, 10]);

    private static readonly MapAxis Rad =
        new("rad", [.. Enumerable.Range(0, 101).Select(i => i * 0.005)], AxisInterpolation.Linear, AxisNodes.Edges, "deg");

    private static readonly PowerLaw Spectrum = new(2, 1e-12);

    private static readonly SkyGrid Grid =
        new(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 21, 21, -PixelDeg, PixelDeg), 41, 41);

    public static TheoryData<double, double> Places => new() { { 20, 20 }, { 20.5, 20.5 }, { 19.5, 20 }, { 20.3, 19.8 }, { 12.5, 25.49 } };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_point_source_anywhere_in_a_pixel_has_its_flux(double x, double y) =>
        Assert.Equal(1, Norm(x, y, At(x, y), new PointSource(), 0), 0.005);

    [Theory]
    [MemberData(nameof(Places))]
    public void A_gaussian_anywhere_in_a_pixel_has_the_flux_that_it_has_at_a_pixels_centre(double x, double y)
    {
        // A kernel spreads what each pixel has from its centre, as gammapy's does: that makes a Gaussian of two pixels a hundredth wider.
        var centre = Norm(20, 20, At(20, 20), new GaussianSource(0.15), 0.15);
        Assert.Equal(1, centre, 0.015);
        Assert.Equal(centre, Norm(x, y, At(x, y), new GaussianSource(0.15), 0.15), 1e-4);
    }

    [Fact]
    public void A_source_at_a_corner_that_is_fitted_at_the_pixels_centre_loses_a_tenth_of_its_flux_and_more()
    {
        // What moving it to the centre does, so that the tests above show something.
        Assert.InRange(Norm(20.5, 20.5, At(20, 20), new PointSource(), 0), 0, 0.9);
        Assert.InRange(Norm(20.5, 20.5, At(21, 21), new PointSource(), 0), 0, 0.9);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void A_kernel_that_cuts_the_source_says_by_how_much_and_the_flux_is_too_low_by_that(double widthDeg)
    {
        var points = Run(Sky(20, 20, 0), At(20, 20), new PointSource(), widthDeg);
        var lost = 1 - Math.Pow(SpecialFunctions.Erf(widthDeg / 2 / (Math.Sqrt(2) * PsfDeg)), 2);
        var warning = Assert.Single(OfKernel(points));
        Assert.StartsWith(FormattableString.Invariant($"the kernel of {widthDeg:g4} deg omits "), warning, StringComparison.Ordinal);
        Assert.Contains("from 1 to 10 TeV", warning, StringComparison.Ordinal);
        Assert.Equal(100 * lost,
            double.Parse(warning.Split("omits ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 2 * lost + 0.1);
        Assert.Equal(1 - lost, points.Find("norm")!.Data[0], 0.003);
    }

    [Fact]
    public void A_kernel_that_cuts_an_extended_source_says_so_too()
    {
        var points = Run(Sky(20, 20, 0.15), At(20, 20), new GaussianSource(0.15), 0.7);
        var lost = 1 - Math.Pow(SpecialFunctions.Erf(0.35 / (Math.Sqrt(2) * Math.Sqrt(PsfDeg * PsfDeg + 0.15 * 0.15))), 2);
        var cut = double.Parse(
            Assert.Single(OfKernel(points)).Split("omits ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) / 100;
        // What the PSF scatters in from beyond the kernel counts as cut.
        Assert.InRange(cut, 0.9 * lost, 1.6 * lost);
    }

    [Theory]
    [InlineData(20, 20, 0)]
    [InlineData(20.5, 20.5, 0)]
    [InlineData(20.5, 20.5, 0.15)]
    [InlineData(20.2, 20, 0.15)]
    public void A_kernel_that_holds_the_source_says_nothing(double x, double y, double sourceDeg)
    {
        ISpatialModel source = sourceDeg > 0 ? new GaussianSource(sourceDeg) : new PointSource();
        Assert.Empty(OfKernel(Run(Sky(x, y, sourceDeg), At(x, y), source, null)));
        Assert.Empty(OfKernel(Run(Sky(x, y, sourceDeg), At(x, y), source, sourceDeg > 0 ? 1.7 : 0.9)));
    }

    /// <summary>The warnings about the kernel, without the one about the missing energy dispersion.</summary>
    private static IEnumerable<string> OfKernel(FluxMaps points) =>
        points.Warnings.Where(warning => warning.StartsWith("the kernel of ", StringComparison.Ordinal));

    private static SkyPosition At(double x, double y) => Grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat)
        ? new SkyPosition(lon, lat, SkyFrame.Galactic).To(SkyFrame.Icrs) : throw new InvalidOperationException();

    private static double Norm(double x, double y, SkyPosition at, ISpatialModel source, double sourceDeg) =>
        Run(Sky(x, y, sourceDeg), at, source, null).Find("norm")!.Data[0];

    private static FluxMaps Run(MapDataset dataset, SkyPosition position, ISpatialModel source, double? widthDeg) =>
        FluxPointEstimator.Run(
            [dataset], position, new TsMapOptions { Model = new SkyModel(source, Spectrum), KernelWidthDeg = widthDeg, Rtol = 1e-8 });

    private static MapDataset Sky(double x, double y, double sourceDeg)
    {
        var sigma = Math.Sqrt(PsfDeg * PsfDeg + sourceDeg * sourceDeg) / PixelDeg * Math.Sqrt(2);
        double Part(double from, double centre) =>
            (SpecialFunctions.Erf((from + 0.5 - centre) / sigma) - SpecialFunctions.Erf((from - 0.5 - centre) / sigma)) / 2;
        var cube = new MapGeometry(Grid, Energy);
        return new MapDataset
        {
            Name = "between",
            Counts = Fill(cube, "", i => BackgroundCounts + SourceCounts * Part(i % 41, x) * Part(i / 41, y)),
            Background = Fill(cube, "", _ => BackgroundCounts),
            Exposure = Fill(new MapGeometry(Grid, EnergyTrue), "m2 s", _ => SourceCounts / Spectrum.Integral(1, 10) / 1e4),
            Psf = new PsfMap(Fill(new MapGeometry(null, Rad, EnergyTrue), "sr-1", i =>
                Math.Exp(-Math.Pow(Rad.Centers[i] / PsfDeg, 2) / 2) / (2 * Math.PI * Math.Pow(double.DegreesToRadians(PsfDeg), 2))), null),
        };
    }

    private static Map<double> Fill(MapGeometry geometry, string unit, Func<int, double> value) =>
        new(geometry, [.. Enumerable.Range(0, geometry.Count).Select(value)], unit);
}
