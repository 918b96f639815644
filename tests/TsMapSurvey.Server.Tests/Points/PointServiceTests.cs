using System.Globalization;
using System.Net;
using System.Text;
using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Points;

/// <summary>Values at a position: limits, sums, profile, spectrum and contributing observations.</summary>
public sealed class PointServiceTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/small";
    private readonly Client _client = server.Client;

    private static readonly (int X, int Y)[] Pixels = [(30, 20), (0, 0), (21, 39), (35, 12), (40, 25)];

    [Fact]
    public async Task One_position_has_one_answer_wherever_it_is_asked()
    {
        foreach (var (x, y) in Pixels)
        {
            var pixel = (await _client.GetAsync($"{Survey}/pixel/{x},{y}")).Json;
            var position = $"{pixel.GetProperty("ra").GetRawText()},{pixel.GetProperty("dec").GetRawText()}";
            var point = (await _client.GetAsync($"{Survey}/point/{position}")).Json;
            var posted = (await PostAsync($"[[{position}]]")).Json[0];
            var spectrum = (await _client.GetAsync($"{Survey}/point/{position}/spectrum?energy_edges=full")).Json[0];
            var profile = (await _client.GetAsync($"{Survey}/point/{position}/profile")).Json;
            var names = point.EnumerateObject().Select(property => property.Name).Except(["ra", "dec", "lon", "lat"]).ToArray();
            foreach (var name in names)
            {
                Assert.Equal(point.GetProperty(name).GetRawText(), posted.GetProperty(name).GetRawText());
                if (spectrum.TryGetProperty(name, out var ofSpectrum) && name is not ("computedAt" or "revision"))
                    Assert.Equal((name, point.GetProperty(name).GetRawText()), (name, ofSpectrum.GetRawText()));
                if (name is "ts" or "norm" or "normErr" or "kernelCounts" or "signal")
                    Assert.Equal((name, point.GetProperty(name).GetRawText()), (name, profile.GetProperty(name).GetRawText()));
            }

            foreach (var (quantity, property) in new[] { ("ts", "ts"), ("norm", "norm"), ("flux", "flux"), ("flux_ul", "fluxUl") })
            {
                var image = (await _client.GetAsync($"{Survey}/tiles/{point.GetProperty("tile").GetString()}/point/{quantity}.json")).Json;
                var index = (y - image.GetProperty("y").GetInt32()) * image.GetProperty("width").GetInt32() + x
                    - image.GetProperty("x").GetInt32();
                Assert.Equal(image.GetProperty("values")[index].GetRawText(), point.GetProperty(property).GetRawText());
            }
        }
    }

    [Fact]
    public async Task A_limit_at_any_confidence_is_given_and_can_be_read_off_the_profile()
    {
        var plain = (await _client.GetAsync($"{Survey}/pixel/30,20")).Json;
        var position = $"{plain.GetProperty("ra").GetRawText()},{plain.GetProperty("dec").GetRawText()}";
        var profile = (await _client.GetAsync($"{Survey}/point/{position}/profile")).Json;
        var sigmas = profile.GetProperty("nSigma").EnumerateArray().Select(one => one.GetDouble()).ToArray();
        double At(double sigma) => profile.GetProperty("fluxes")[Array.FindIndex(sigmas, one => Math.Abs(one - sigma) < 1e-9)].GetDouble();

        // The map's own limits are at two standard deviations.
        Assert.Equal(2, plain.GetProperty("nSigmaUl").GetDouble());
        Assert.Equal(At(2), plain.GetProperty("fluxUl").GetDouble(), 1e-6 * At(2));
        Assert.Equal(At(0), plain.GetProperty("flux").GetDouble(), 1e-9 * Math.Abs(At(0)));
        Assert.Equal(At(1) - At(0), plain.GetProperty("fluxErrp").GetDouble(), 1e-6 * At(1));
        Assert.Equal(At(0) - At(-1), plain.GetProperty("fluxErrn").GetDouble(), 1e-6 * At(1));
        foreach (var sigma in new[] { 1, 2, 3, 4.5 })
        {
            var text = sigma.ToString(CultureInfo.InvariantCulture);
            var confidence = ConfidenceLevel.Of(sigma).ToString("R", CultureInfo.InvariantCulture);
            var (bySigma, byConfidence) = ((await _client.GetAsync($"{Survey}/point/{position}?n_sigma_ul={text}")).Json,
                (await _client.GetAsync($"{Survey}/point/{position}?confidence={confidence}")).Json);
            Assert.Equal(At(sigma), bySigma.GetProperty("fluxUl").GetDouble(), 1e-6 * At(sigma));
            Assert.Equal(At(sigma), byConfidence.GetProperty("fluxUl").GetDouble(), 1e-5 * At(sigma));
            Assert.Equal(plain.GetProperty("flux").GetRawText(), bySigma.GetProperty("flux").GetRawText());
            var posted = (await PostAsync($"[[{position}]]", $"?n_sigma_ul={text}")).Json[0];
            Assert.Equal(bySigma.GetProperty("fluxUl").GetRawText(), posted.GetProperty("fluxUl").GetRawText());
        }
    }

    [Fact]
    public async Task A_map_without_limits_has_them_here()
    {
        var point = (await _client.GetAsync($"{Survey}/pixel/30,20?map=bands&energy=1")).Json;
        Assert.True(point.GetProperty("fluxUl").GetDouble() > point.GetProperty("flux").GetDouble());
    }

    [Fact]
    public async Task The_spectrum_has_the_fits_of_each_energy_bin()
    {
        var position = await PositionAsync(30, 20);
        var spectrum = (await _client.GetAsync($"{Survey}/point/{position}/spectrum?map=bands")).Json;
        Assert.Equal(2, spectrum.GetArrayLength());
        for (var bin = 0; bin < 2; bin++)
        {
            var point = (await _client.GetAsync($"{Survey}/point/{position}?map=bands&energy={bin}")).Json;
            foreach (var name in new[] { "ts", "norm", "normErr", "flux", "fluxUl", "sqrtTs", "energyMinTeV", "kernelExposure" })
                Assert.Equal(point.GetProperty(name).GetRawText(), spectrum[bin].GetProperty(name).GetRawText());
        }

        // Of a map with one bin the points are fitted, and are the same, as both maps have the same model.
        var fitted = (await _client.GetAsync($"{Survey}/point/{position}/spectrum")).Json;
        for (var bin = 0; bin < 2; bin++)
            Assert.Equal(spectrum[bin].GetProperty("norm").GetDouble(), fitted[bin].GetProperty("norm").GetDouble(), 1e-9);
        var one = (await _client.GetAsync($"{Survey}/point/{position}/spectrum?energy_edges=0.6%20TeV,4.3%20TeV")).Json;
        Assert.Equal(fitted[0].GetProperty("norm").GetRawText(), Assert.Single(one.EnumerateArray()).GetProperty("norm").GetRawText());
    }

    [Fact]
    public async Task The_contributing_observations_give_the_exposure_of_the_stack()
    {
        foreach (var (x, y) in Pixels)
        {
            var point = (await _client.GetAsync($"{Survey}/pixel/{x},{y}")).Json;
            var position = $"{point.GetProperty("ra").GetRawText()},{point.GetProperty("dec").GetRawText()}";
            var assets = (await _client.GetAsync($"{Survey}/point/{position}/assets")).Json.EnumerateArray().ToArray();
            var exposure = point.GetProperty("exposure").GetDouble();
            Assert.Equal(exposure, assets.Sum(one => one.GetProperty("exposure").GetDouble()), 1e-6 * exposure);
            Assert.All(assets, one => Assert.True(one.GetProperty("night").GetInt32() > 50000));
            foreach (var one in assets)
                Assert.Equal(one.GetProperty("name").GetString(),
                    (await _client.GetAsync(one.GetProperty("link").GetString()!)).Json.GetProperty("name").GetString());
        }

        var (ofAll, paged) = (await PositionAsync(30, 20), new List<string?>());
        var all = (await _client.GetAsync($"{Survey}/point/{ofAll}/assets")).Json.EnumerateArray().ToArray();
        for (string? path = $"{Survey}/point/{ofAll}/assets?limit=1"; path is not null;)
        {
            var page = await _client.GetAsync(path);
            paged.AddRange(page.Json.EnumerateArray().Select(one => one.GetProperty("name").GetString()));
            path = page.Header("Link")?.Split('<', '>')[1];
        }

        Assert.Equal(all.Select(one => one.GetProperty("name").GetString()), paged);
    }

    [Theory]
    [InlineData("spectrum.ecsv", "text/x-ecsv", "# %ECSV")]
    [InlineData("spectrum.csv", "text/csv", "e_ref,")]
    [InlineData("spectrum.vot", "application/x-votable+xml", "<?xml")]
    [InlineData("spectrum.fits", "application/fits", "SIMPLE")]
    [InlineData("spectrum.parquet", "application/vnd.apache.parquet", "PAR1")]
    [InlineData("profile.ecsv", "text/x-ecsv", "# %ECSV")]
    [InlineData("profile.parquet", "application/vnd.apache.parquet", "PAR1")]
    [InlineData("profile.json", "application/json", "{")]
    [InlineData("profile?format=votable", "application/x-votable+xml", "<?xml")]
    [InlineData("assets.csv", "text/csv", "name,start,night")]
    [InlineData("assets.fits", "application/fits", "SIMPLE")]
    public async Task A_position_is_answered_in_every_format(string what, string type, string start)
    {
        var answer = await _client.GetAsync($"{Survey}/point/{await PositionAsync(30, 20)}/{what}");
        Assert.Equal((HttpStatusCode.OK, type), (answer.Status, answer.ContentHeaders.ContentType?.MediaType));
        Assert.StartsWith(start, Encoding.Latin1.GetString(answer.Bytes), StringComparison.Ordinal);
        Assert.NotNull(answer.ETag);
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("application/x-votable+xml", "application/x-votable+xml")]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "application/json")]
    [InlineData("text/csv;q=0.1, application/vnd.apache.parquet", "application/vnd.apache.parquet")]
    [InlineData("application/json", "application/json")]
    [InlineData("image/png", "application/json")]
    public async Task The_header_Accept_chooses_the_format(string accept, string type)
    {
        var answer = await _client.SendAsync(HttpMethod.Get, $"{Survey}/pixel/30,20", null, ("Accept", accept));
        Assert.Equal((HttpStatusCode.OK, type), (answer.Status, answer.ContentHeaders.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/pixel/30,20?confidence=1", 400, "confidence")]
    [InlineData("/pixel/30,20?confidence=NaN", 400, "confidence")]
    [InlineData("/pixel/30,20?n_sigma_ul=0", 400, "n_sigma_ul")]
    [InlineData("/pixel/30,20?n_sigma_ul=2&confidence=0.9", 400, "not together")]
    [InlineData("/pixel/30,20?format=xls", 400, "json, csv")]
    [InlineData("/point/340,0/spectrum?frame=galactic&energy_edges=3", 400, "unit")]
    [InlineData("/point/340,0/spectrum?frame=galactic&energy_edges=3%20TeV,1%20TeV", 400, "increasing")]
    [InlineData("/point/340,0/spectrum?frame=galactic&energy_edges=1%20m,3%20m", 400, "energy_edges")]
    [InlineData("/point/10,10/spectrum", 404, "outside survey small")]
    [InlineData("/point/10,10/profile", 404, "outside survey small")]
    [InlineData("/point/10,10/assets", 404, "outside survey small")]
    [InlineData("/point/NaN,0/profile", 400, "ra")]
    [InlineData("/point/340,0/assets?frame=galactic&limit=51", 400, "limit")]
    [InlineData("/point/340,0/profile.xls?frame=galactic", 404, "")]
    public async Task What_is_asked_wrongly_is_refused(string path, int status, string detail)
    {
        var answer = await _client.GetAsync(Survey + path);
        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(detail, Encoding.UTF8.GetString(answer.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sums_under_the_kernel_are_those_of_the_published_stack()
    {
        var point = (await _client.GetAsync($"{Survey}/pixel/30,20")).Json;
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(
            folder.File("stack.fits.gz"), (await _client.GetAsync($"{Survey}/tiles/x001y001/dataset.fits.gz")).Bytes);
        var stack = MapDatasetFile.Read(folder.File("stack.fits.gz"));
        var made = PointStack.Create(stack, null, TsMapSurvey.Surveys.Survey.Resolve(SmallSurvey.Definition).Maps["point"]);
        var halo = (stack.Grid.Width - 20) / 2;
        using var likelihoods = made.Open(stack.Grid.Region);
        var fit = likelihoods.Fit(0, 30 - 20 + halo, 20 - 20 + halo, null, 2);
        Assert.Equal(fit.Kernel.Counts, point.GetProperty("kernelCounts").GetDouble(), 1e-9 * fit.Kernel.Counts);
        Assert.Equal(fit.Kernel.ExposureM2S, point.GetProperty("kernelExposure").GetDouble(), 1e-9 * fit.Kernel.ExposureM2S);
        Assert.Equal(fit.Ts, point.GetProperty("ts").GetDouble(), 1e-8);
    }

    [Fact]
    public async Task A_healpix_cell_has_the_values_at_its_centre()
    {
        var cell = HealpixCell.Containing(new SkyPosition(254.1, -46.2, SkyFrame.Icrs), 12);
        var ofCell = (await _client.GetAsync($"{Survey}/healpix/12/{cell.Index}/point")).Json;
        var centre = FormattableString.Invariant($"{cell.Centre.LonDeg:R},{cell.Centre.LatDeg:R}");
        var ofPoint = (await _client.GetAsync($"{Survey}/point/{centre}")).Json;
        Assert.Equal(ofPoint.GetProperty("ts").GetRawText(), ofCell.GetProperty("ts").GetRawText());
        foreach (var wrong in new[] { "30/0", "-1/0", "1/48", "1/-1", "x/0", "0/12" })
            Assert.Equal(HttpStatusCode.BadRequest, (await _client.GetAsync($"{Survey}/healpix/{wrong}/point")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"{Survey}/healpix/0/0/point")).Status);
    }

    private async Task<string> PositionAsync(int x, int y)
    {
        var pixel = (await _client.GetAsync($"{Survey}/pixel/{x},{y}")).Json;
        return $"{pixel.GetProperty("ra").GetRawText()},{pixel.GetProperty("dec").GetRawText()}";
    }

    private Task<Answer> PostAsync(string json, string query = "") => _client.PostAsync($"{Survey}/points{query}", json);
}
