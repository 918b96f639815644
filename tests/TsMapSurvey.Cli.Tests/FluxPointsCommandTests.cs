using System.Text.Json;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Tests;

[Trait("Pace", "slow")]
public sealed class FluxPointsCommandTests
{
    [Fact]
    public void Points_are_the_values_of_the_maps_that_compute_writes()
    {
        using var folder = new TemporaryFolder();
        string[] options = ["--kernel-width", "0.6 deg", "--index", "2.3", "--energy-edges", "all", "--rtol", "1e-6"];
        Tsmap.Do(["compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--selection-optional", "ul,errn-errp", .. options]);
        var maps = FluxMapsFile.Read(folder.File("m.fits"));
        var (x, y) = Brightest(maps);
        var position = maps.Geometry.Grid!.PixelCentre(x, y)!.Value;
        Assert.Equal(Sky.SkyFrame.Galactic, position.Frame);
        var output = Tsmap.Do(
            ["flux-points", Simulated.Observation(), "--at", FormattableString.Invariant($"l={position.LonDeg:r},b={position.LatDeg:r}"),
                "--out", folder.File("p.fits"), "--plot", folder.File("p.png"), "--json", .. options]);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(maps.Geometry.PlaneCount, json.RootElement.GetArrayLength());
        for (var bin = 0; bin < maps.Geometry.PlaneCount; bin++)
            foreach (var (name, quantity) in new[] { ("dnde", "dnde"), ("dndeErrn", "dnde_errn"), ("dndeUl", "dnde_ul"), ("norm", "norm"),
                ("sqrtTs", "sqrt_ts"), ("npred", "npred"), ("statNull", "stat_null") })
            {
                var (ours, map) = (json.RootElement[bin].GetProperty(name), maps.Find(quantity)![bin, y, x]);
                if (double.IsFinite(map)) Assert.Equal(map, ours.GetDouble(), 1e-9 * Math.Abs(map));
                else Assert.Equal(JsonValueKind.Null, ours.ValueKind);
            }

        using var file = FitsFile.Open(folder.File("p.fits"));
        Assert.Equal("dnde", file.Find("FLUXPOINTS")!.Header.GetString("SED_TYPE"));
        Assert.Equal("\x89PNG"u8[^3..].ToArray(), File.ReadAllBytes(folder.File("p.png"))[1..4]);
    }

    [Fact]
    public void Every_bin_of_the_axis_is_a_point_unless_edges_are_given()
    {
        using var dataset = FitsFile.Open(Simulated.Observation());
        var counts = MapReader.Read(dataset, dataset.Find("COUNTS")!);
        var centre = counts.Geometry.Grid!.Centre;
        var at = FormattableString.Invariant($"{centre.LonDeg:r},{centre.LatDeg:r}");
        int Rows(params string[] options)
        {
            using var json = JsonDocument.Parse(Tsmap.Do(["flux-points", Simulated.Observation(), "--at", at, "--frame", "galactic",
                "--kernel-width", "0.6 deg", "--json", .. options]));
            return json.RootElement.GetArrayLength();
        }

        Assert.Equal(counts.Geometry.PlaneCount, Rows());
        Assert.Equal(2, Rows("--energy-edges", "1,3,10 TeV"));
        Assert.Contains("dnde", Tsmap.Do("flux-points", Simulated.Observation(), "--at", at, "--frame", "galactic", "--kernel-width",
            "0.6 deg", "--energy-edges", "1,10 TeV"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--at: found '10', expected", "--at", "10")]
    [InlineData("--frame: found 'fk4'", "--at", "10,10", "--frame", "fk4")]
    [InlineData("is outside the image of", "--at", "10,89")]
    [InlineData("--out: found p.txt", "--at", "10,10", "--out", "p.txt")]
    public void A_wrong_option_is_one_line_that_names_it_with_exit_code_2(string message, params string[] options)
    {
        var result = Tsmap.Run(["flux-points", Simulated.Observation(), .. options]);
        Assert.Equal((2, 1), (result.ExitCode, result.Error.Trim().Split('\n').Length));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static (int X, int Y) Brightest(FluxMaps maps)
    {
        var plane = maps.Find("sqrt_ts")!.Plane(0).ToArray();
        var at = Array.IndexOf(plane, plane.Where(double.IsFinite).Max());
        return (at % maps.Geometry.Width, at / maps.Geometry.Width);
    }
}
