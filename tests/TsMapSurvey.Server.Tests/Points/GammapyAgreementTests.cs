using System.Globalization;
using System.Text;
using System.Text.Json;
using MathNet.Numerics.Interpolation;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Server.Tests.Points;

/// <summary>
/// gammapy opens a tile's stack, and its TSMapEstimator on it agrees with the tile's map in the interior and, through its FluxPoints, with
/// limit, spectrum and profile of single positions.
/// </summary>
[Trait("Pace", "slow")]
public sealed class GammapyAgreementTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/small";
    private const string Tile = "x001y001";
    private static readonly (int X, int Y)[] Pixels = [(30, 30), (25, 28), (33, 24), (36, 35), (28, 38)];
    private readonly Client _client = server.Client;

    [Fact]
    public async Task The_map_of_a_tile_agrees_in_its_interior()
    {
        using var folder = new GammapyFolder();
        await DownloadAsync(folder);
        await RunAsync(folder, 2, "", """
            maps = estimator(None, ["ul"]).run(dataset)
            save("norm", maps.norm.data[0]); save("ts", maps.ts.data[0]); save("norm_err", maps.norm_err.data[0])
            save("norm_ul", maps.norm_ul.data[0])
            """);
        var width = MapDatasetFile.Read(folder.File("stack.fits.gz")).Grid.Width;
        var compared = 0;
        foreach (var quantity in new[] { "norm", "ts", "norm_err", "norm_ul" })
        {
            var image = (await _client.GetAsync($"{Survey}/tiles/{Tile}/point/{quantity}.json")).Json.GetProperty("values");
            var theirs = Values(folder, quantity);
            var halo = (width - 20) / 2;
            for (var y = 0; y < 20; y++)
                for (var x = 0; x < 20; x++)
                {
                    var (ours, gammapys) = (image[y * 20 + x], theirs[(y + halo) * width + x + halo]);
                    if (ours.ValueKind == JsonValueKind.Null || !double.IsFinite(gammapys)) continue;
                    Agree($"{quantity} of {x},{y}", gammapys, ours.GetDouble());
                    compared++;
                }
        }

        Assert.True(compared > 1000, $"only {compared} values were compared");
    }

    [Fact]
    public async Task Limit_spectrum_and_profile_agree_at_five_positions()
    {
        using var folder = new GammapyFolder();
        await DownloadAsync(folder);
        var positions = new List<string>();
        foreach (var (x, y) in Pixels)
        {
            var pixel = (await _client.GetAsync($"{Survey}/pixel/{x},{y}")).Json;
            positions.Add($"{pixel.GetProperty("ra").GetRawText()},{pixel.GetProperty("dec").GetRawText()}");
        }

        const string make = """
            full = estimator(None, ["ul", "errn-errp"]).run(dataset)
            by_bin = estimator(dataset.counts.geom.axes["energy"].edges, ["ul", "errn-errp"]).run(dataset)
            # A scan replaces the limits by the nearest points of its grid.
            scanned = estimator(None, ["stat_scan"]).run(dataset)
            """;
        await RunAsync(folder, 3, make, $$"""
            positions = [{{string.Join(", ", positions.Select(position => $"({position})"))}}]
            for i, (ra, dec) in enumerate(positions):
                position = SkyCoord(ra, dec, unit="deg", frame="icrs")
                for name, maps in ("bins", by_bin), ("full", full):
                    points = maps.get_flux_points(position)
                    for quantity in "norm", "norm_err", "norm_ul", "norm_errn", "norm_errp", "ts", "sqrt_ts":
                        save(f"{name}-{quantity}-{i}", getattr(points, quantity).data)
                    save(f"{name}-dnde-{i}", points.dnde.quantity.to_value("cm-2 s-1 TeV-1"))
                scan = scanned.stat_scan
                at = scan.geom.to_image().coord_to_idx(position)
                save(f"scan-{i}", scan.data[0, :, int(at[1][0]), int(at[0][0])])
                values = scanned.dnde_scan_values
                save(f"scan-dnde-{i}", values.quantity.to_value("cm-2 s-1 TeV-1")[0, :, int(at[1][0]), int(at[0][0])])
            """);
        for (var i = 0; i < positions.Count; i++)
        {
            var point = (await _client.GetAsync($"{Survey}/point/{positions[i]}?n_sigma_ul=3")).Json;
            Agree("limit", Values(folder, $"full-norm_ul-{i}")[0], point.GetProperty("normUl").GetDouble());
            Agree("norm", Values(folder, $"full-norm-{i}")[0], point.GetProperty("norm").GetDouble());
            foreach (var (name, edges) in new[] { ("bins", "all"), ("full", "full") })
            {
                var spectrum =
                    (await _client.GetAsync($"{Survey}/point/{positions[i]}/spectrum?n_sigma_ul=3&energy_edges={edges}")).Json;
                foreach (var (theirs, ours) in new[] { ("norm", "norm"), ("norm_err", "normErr"), ("norm_ul", "normUl"), ("ts", "ts"),
                    ("sqrt_ts", "sqrtTs"), ("dnde", "dnde") })
                {
                    var values = Values(folder, $"{name}-{theirs}-{i}");
                    for (var bin = 0; bin < values.Length; bin++)
                        if (spectrum[bin].GetProperty(ours).ValueKind == JsonValueKind.Number && double.IsFinite(values[bin]))
                            Agree($"{theirs} of bin {bin} at {i}", values[bin], spectrum[bin].GetProperty(ours).GetDouble());
                }
            }

            var profile = (await _client.GetAsync($"{Survey}/point/{positions[i]}/profile")).Json;
            CompareProfile(profile, Values(folder, $"scan-{i}"), Values(folder, $"scan-dnde-{i}"));
        }
    }

    /// <summary>gammapy's scan is C(N) - C(0) on its own norms; ours is C(N) minus its minimum.</summary>
    private static void CompareProfile(JsonElement profile, double[] scan, double[] dnde)
    {
        double[] Ours(string name) => [.. profile.GetProperty(name).EnumerateArray().Select(one => one.GetDouble())];
        var (norms, ts) = (Ours("norms"), profile.GetProperty("ts").GetDouble());
        var rises = Ours("deltaStat");
        var (low, high) = (profile.GetProperty("energyMinTeV").GetDouble(), profile.GetProperty("energyMaxTeV").GetDouble());
        // The map's model is a power law of index 2 with 1e-12 at 1 TeV.
        var reference = 1e-12 / (low * high);
        var compared = 0;
        for (var k = 0; k < scan.Length; k++)
        {
            var norm = dnde[k] / reference;
            if (!(norm > norms[0] && norm < norms[^1])) continue;
            var first = Math.Clamp(Array.FindIndex(norms, one => one > norm) - 2, 0, norms.Length - 4);
            var cubic = NevillePolynomialInterpolation.Interpolate(norms[first..(first + 4)], rises[first..(first + 4)]);
            Assert.Equal(scan[k] + ts, cubic.Interpolate(norm), 1e-3 * Math.Max(1, scan[k] + ts));
            compared++;
        }

        Assert.True(compared > 10, $"{compared} points of the profile");
    }

    private async Task DownloadAsync(GammapyFolder folder) =>
        await File.WriteAllBytesAsync(
            folder.File("stack.fits.gz"), (await _client.GetAsync($"{Survey}/tiles/{Tile}/dataset.fits.gz")).Bytes);

    private static async Task RunAsync(GammapyFolder folder, int nSigmaUl, string make, string script)
    {
        await File.WriteAllTextAsync(folder.File("run.py"), $$"""
            import numpy as np
            from astropy.coordinates import SkyCoord
            from gammapy.datasets import MapDataset
            from gammapy.estimators import TSMapEstimator
            from gammapy.modeling.models import PointSpatialModel, PowerLawSpectralModel, SkyModel
            def save(name, values):
                np.savetxt("{{folder.Inside}}/" + name + ".txt", np.atleast_1d(np.ravel(values)), fmt="%.17g")
            def estimator(edges, selection):
                model = SkyModel(PowerLawSpectralModel(index=2, amplitude="1e-12 cm-2 s-1 TeV-1", reference="1 TeV"), PointSpatialModel())
                return TSMapEstimator(model, kernel_width="0.5 deg", n_sigma_ul={{nSigmaUl}},
                    selection_optional=selection, rtol=1e-6, energy_edges=edges, sum_over_energy_groups=True)
            dataset = MapDataset.read("{{folder.Inside}}/stack.fits.gz")
            {{make}}
            {{script}}
            """);
        var result = GammapyFolder.Run($"{folder.Inside}/run.py");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private static double[] Values(GammapyFolder folder, string name) =>
        [.. File.ReadAllLines(folder.File($"{name}.txt"), Encoding.ASCII).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

    private static void Agree(string what, double expected, double found) => Assert.True(
        Math.Abs(found - expected) <= 1e-3 * Math.Abs(expected) + 1e-3,
        FormattableString.Invariant($"{what}: {found}, gammapy has {expected}"));
}
