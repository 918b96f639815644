using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

[Trait("Pace", "slow")]
public sealed class PeakFinderTests
{
    private const double NaN = double.NaN;

    private static readonly MapAxis Energy = MapAxis.EnergyBins("energy", 1, 10, 1);

    [Fact]
    public void Peaks_have_the_flux_that_is_asked_for_and_a_table_calls_it_by_its_name()
    {
        var geometry = new MapGeometry(Maps(new double[9], 3).Geometry.Grid, MapAxis.EnergyEdges("energy", 1, 4));
        Map<double> Peaked(double height) => new(geometry, [.. Enumerable.Range(0, 9).Select(i => i == 4 ? height : 1.0)]);
        var maps = new FluxMaps(
            geometry, new Dictionary<string, Map<double>> { ["norm"] = Peaked(3), ["norm_err"] = Peaked(0.5), ["sqrt_ts"] = Peaked(8) },
            new SkyModel(new PointSource(), new PowerLaw(2, 1e-12, 1)), 1, 2, null, []);
        foreach (var kind in FluxKind.All)
        {
            var peaks = PeakFinder.Find(maps, new PeakOptions { Flux = kind });
            var unit = kind.OfModel(maps.Model, 1, 4);
            Assert.Equal((3 * unit, 0.5 * unit), (Assert.Single(peaks).Flux, peaks[0].FluxErr));
            var table = PeakTable.Of(peaks, flux: kind);
            string[] names = [kind.Name, $"{kind.Name}_err", $"{kind.Name}_ul"];
            Assert.Equal(names, table.Columns.Select(column => column.Name).SkipWhile(name => name != kind.Name).Take(3));
            Assert.Equal(kind.Unit, table.Columns.Single(column => column.Name == kind.Name).Unit ?? "");
        }
    }

    [Fact]
    public void Of_pixels_in_any_square_only_the_highest_is_a_maximum()
    {
        var random = new Random(3);
        foreach (
            var (width, height, reach) in new[] { (1, 1, 1), (7, 5, 1), (31, 17, 2), (16, 40, 7), (9, 9, 100), (40, 3, 3), (64, 64, 4) })
        {
            // Few different values, and holes: plateaus and borders are everywhere.
            double[] plane =
                [.. Enumerable.Range(0, width * height).Select(_ => random.Next(12) == 0 ? NaN : random.Next(reach == 4 ? 100000 : 9))];
            Assert.Equal(Naive(plane, width, 3, reach).Order(), LocalMaxima.Find(plane, width, 3, reach).Order());
        }
    }

    [Fact]
    public void A_plateau_is_one_peak_in_its_middle_and_none_beside_a_higher_pixel()
    {
        double[] flat =
        [
            0, 0, 0, 0, 0, 0, 0,
            0, 6, 6, 6, 0, 0, 0,
            0, 6, 6, 6, 0, 6, 7,
            0, 6, 6, 6, 0, 6, 0,
        ];
        Assert.Equal([2 * 7 + 2, 2 * 7 + 6], LocalMaxima.Find(flat, 7, 5, 1));
    }

    [Fact]
    public void Beside_nan_and_at_the_border_a_pixel_can_be_a_peak_and_says_so()
    {
        double[] values =
        [
            9, 1, 1, 1, 1,
            1, 1, 1, 1, 1,
            1, 1, NaN, 1, 1,
            1, 8, 1, 1, 1,
            1, 1, 1, 1, 1,
        ];
        var peaks = PeakFinder.Find(Maps(values, 5), new PeakOptions { MinSqrtTs = 3 });
        Assert.Equal([(0, 0, true), (1, 3, true)], peaks.Select(peak => (peak.X, peak.Y, peak.AtEdge)));
    }

    [Fact]
    public void A_quiet_map_and_one_without_values_have_no_peaks()
    {
        Assert.Empty(PeakFinder.Find(Maps([.. Enumerable.Repeat(NaN, 25)], 5), new PeakOptions()));
        Assert.Empty(PeakFinder.Find(Maps([.. Enumerable.Repeat(4.9, 25)], 5), new PeakOptions()));
    }

    [Fact]
    public void A_gaussian_hill_is_found_between_the_pixels_with_the_ellipse_of_its_curvature()
    {
        // TS = 400 exp(-½ q), q = (along/4)² + (across/2)², the long axis 30 degrees from x towards y, at (20.3, 14.8).
        var (sin, cos) = Math.SinCos(Math.PI / 6);
        var grid =
            new SkyGrid(Wcs.Create(SkyFrame.Icrs, Projection.Tan, new SkyPosition(80, -40, SkyFrame.Icrs), 20, 15, -0.05, 0.05), 41, 31);
        double[] sqrtTs = [.. Enumerable.Range(0, 41 * 31).Select(i =>
        {
            var (dx, dy) = (i % 41 - 20.3, i / 41 - 14.8);
            return 20 * Math.Exp(-0.25 * (Math.Pow((dx * cos + dy * sin) / 4, 2) + Math.Pow((-dx * sin + dy * cos) / 2, 2)));
        })];
        var peak = Assert.Single(PeakFinder.Find(Maps(sqrtTs, grid), new PeakOptions()));
        Assert.True(grid.TryPixelOf(peak.Position, out double x, out double y));
        Assert.Equal(20.3, x, 1e-4);
        Assert.Equal(14.8, y, 1e-4);
        // H has the eigenvalues 400 / s² pixels⁻²: the semi-axes are √(2 · 2.2957 / 400) s pixels.
        var unit = Math.Sqrt(2 * 2.2957489 / 400) * 0.05;
        Assert.Equal(4 * unit, peak.Error.SemiMajorDeg, 4e-3 * unit);
        Assert.Equal(2 * unit, peak.Error.SemiMinorDeg, 4e-3 * unit);
        Assert.Equal(Math.Sqrt(8) * unit, peak.Error.RadiusDeg, 4e-3 * unit);
        // x grows to the west: 30 degrees from west towards north are 60 degrees from north towards west, or 120 from north through east.
        Assert.Equal(120, peak.Error.PositionAngleDeg, 0.1);
    }

    [Fact]
    public void Where_ts_has_no_maximum_the_error_is_unknown_and_the_position_the_pixels()
    {
        var maps = Maps([7, 6, 6.5, NaN, NaN, NaN], 3);
        var peak = PeakFinder.Find(maps, new PeakOptions())[0];
        Assert.Equal(PositionError.Unknown, peak.Error);
        var centre = maps.Geometry.Grid!.PixelCentre(0, 0)!.Value;
        Assert.Equal(0, peak.Position.SeparationDeg(centre), 1e-9);
    }

    [Fact]
    public void Of_two_peaks_closer_than_the_separation_the_lower_goes_and_each_knows_its_nearest_brighter()
    {
        var values = new double[60];
        (values[2], values[6], values[9], values[50]) = (10, 9, 8, 7);
        var all = PeakFinder.Find(Maps(values, 60), new PeakOptions());
        Assert.Equal([2, 6, 9, 50], all.Select(peak => peak.X));
        Assert.Equal(NaN, all[0].BrighterDeg);
        Assert.Equal([0.4, 0.3, 4.1], all.Skip(1).Select(peak => Math.Round(peak.BrighterDeg, 3)));
        // The second goes, and with it what would put the third aside.
        var apart = PeakFinder.Find(Maps(values, 60), new PeakOptions { MinSeparationDeg = 0.45 });
        Assert.Equal([2, 9, 50], apart.Select(peak => peak.X));
        Assert.Equal(0.7, apart[1].BrighterDeg, 1e-4);
        Assert.Equal([2, 6], PeakFinder.Find(Maps(values, 60), new PeakOptions { MaxPeaks = 2 }).Select(peak => peak.X));
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        var wrong = Assert.Throws<MapException>(
            () => PeakFinder.Find(Maps([1, 2], 2), new PeakOptions { MinDistancePixels = 0, MinSeparationDeg = -1 }));
        Assert.Contains("min_distance: found 0", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("min_separation: found -1", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fermi-3fhl-gc/full", 3, 1)]
    [InlineData("fermi-3fhl-gc/full", 5, 6)]
    [InlineData("fermi-3fhl-gc/gauss", 4, 3)]
    [InlineData("hess-rxj1713/point", 2, 2)]
    [InlineData("hess-rxj1713/gauss0.2", 3, 10)]
    public void Real_maps_have_the_peaks_that_gammapy_finds(string golden, double threshold, int distance)
    {
        using var folder = new GammapyFolder();
        var path = Shared.Path("golden", $"{golden}.fits.gz");
        File.Copy(path, folder.File("maps.fits.gz"));
        File.WriteAllText(folder.File("peaks.py"), $"""
            from gammapy.maps import Map
            from gammapy.estimators.utils import find_peaks
            for row in find_peaks(Map.read("{folder.Inside}/maps.fits.gz", hdu="SQRT_TS").sum_over_axes(keepdims=False),
                threshold={threshold}, min_distance={distance}):
                print("peak", row["x"], row["y"])
            """);
        var result = GammapyFolder.Run($"{folder.Inside}/peaks.py");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        string[] theirs = [.. result.Output.Split('\n').Where(line => line.StartsWith("peak ", StringComparison.Ordinal))
            .Select(line => line[5..].Trim()).Order(StringComparer.Ordinal)];
        var ours = PeakFinder.Find(FluxMapsFile.Read(path), new PeakOptions { MinSqrtTs = threshold, MinDistancePixels = distance });
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs, ours.Select(peak => $"{peak.X} {peak.Y}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_large_map_does_not_take_longer_with_a_large_distance()
    {
        var random = new Random(1);
        double[] plane = [.. Enumerable.Range(0, 2000 * 2000).Select(_ => random.NextDouble() * 10)];
        Assert.Single(LocalMaxima.Find(plane, 2000, 5, 1999));
        // By definition this would be 10^13 comparisons: it would not end.
        Assert.InRange(LocalMaxima.Find(plane, 2000, 5, 500).Count, 1, 25);
    }

    private static FluxMaps Maps(double[] sqrtTs, int width) => Maps(sqrtTs, new SkyGrid(
        Wcs.Create(SkyFrame.Icrs, Projection.Car, new SkyPosition(0, 0, SkyFrame.Icrs), 0, 0, -0.1, 0.1), width, sqrtTs.Length / width));

    private static FluxMaps Maps(double[] sqrtTs, SkyGrid grid)
    {
        var geometry = new MapGeometry(grid, Energy);
        var maps = new Dictionary<string, Map<double>>
        {
            ["ts"] = new(geometry, Array.ConvertAll(sqrtTs, value => value * value)),
            ["norm"] = new(geometry, Array.ConvertAll(sqrtTs, Math.Abs)),
        };
        return new FluxMaps(geometry, maps, SkyModel.Default, 1, 2, null, []);
    }

    /// <summary>By definition: every plateau, every pixel of its squares.</summary>
    private static IEnumerable<int> Naive(double[] plane, int width, double threshold, int reach)
    {
        var height = plane.Length / width;
        var seen = new HashSet<int>();
        IEnumerable<int> Square(int i, int half) =>
            from y in Enumerable.Range(0, height)
            where Math.Abs(y - i / width) <= half
            from x in Enumerable.Range(0, width)
            where Math.Abs(x - i % width) <= half
            select y * width + x;
        for (var i = 0; i < plane.Length; i++)
        {
            if (!(plane[i] >= threshold) || seen.Contains(i)) continue;
            List<int> plateau = [i];
            for (var next = 0; next < plateau.Count; next++)
                plateau.AddRange(Square(plateau[next], 1).Where(j => plane[j] == plane[i] && !plateau.Contains(j)).ToArray());
            seen.UnionWith(plateau);
            if (plateau.Any(member => Square(member, reach).Any(j => plane[j] > plane[i]))) continue;
            var (x, y) = (plateau.Average(member => (double)(member % width)), plateau.Average(member => (double)(member / width)));
            yield return plateau.Order().MinBy(member => Math.Pow(member % width - x, 2) + Math.Pow(member / width - y, 2));
        }
    }
}
