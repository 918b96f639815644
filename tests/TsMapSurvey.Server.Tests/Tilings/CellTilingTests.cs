using System.Globalization;
using System.Net;
using System.Text.Json;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Tilings;

/// <summary>A survey with non-rectangular tiles is served like any other, except for endpoints that need one common image.</summary>
[Trait("Pace", "slow")]
public sealed class CellTilingTests(CellServer server) : IClassFixture<CellServer>
{
    private const string Grid = "/api/surveys/small";
    private const string Cells = "/api/surveys/cells";

    private static readonly SkyGrid Image = CellServer.Grid.Grid;

    [Fact]
    public void Every_pixel_is_owned_once_and_a_cell_is_no_rectangle()
    {
        var cells = CellServer.Cells;
        foreach (var tile in cells.All())
        {
            var (work, owned) = (cells.GridWithHalo(tile, 5), cells.Owned(tile, 5));
            Assert.True(work.Region.Contains(owned.Box.Grow(5)));
            Assert.Equal(cells.GridOf(tile).PixelCentre(0, 0), work.PixelCentre(owned.Box.X, owned.Box.Y));
            foreach (var run in owned.Runs())
            {
                var first = new OwnedPixel(tile, run.X - owned.Box.X, run.Y - owned.Box.Y);
                Assert.Equal(first, cells.Owner(work.PixelCentre(run.X, run.Y)!.Value));
            }
        }

        var survey = Survey.Resolve(SmallSurvey.Definition, null, (_, _) => cells);
        Assert.Contains("not cutouts of one image", Assert.Throws<SurveyException>(() => survey.Grid).Message, StringComparison.Ordinal);
        Assert.Equal(Image.Region.Area, cells.All().Sum(tile => cells.Owned(tile, 5).Runs().Sum(run => run.Area)));
        Assert.Contains(
            cells.All().Select(tile => cells.Owned(tile, 5)), owned => owned.Runs().Sum(run => run.Area) < owned.Box.Area * 2 / 3);
    }

    [Fact]
    public async Task The_owned_counts_of_all_cells_are_those_of_the_observations()
    {
        Assert.Equal(server.Counts.Values.Sum(), await SumAsync(Grid, "counts"));
        Assert.Equal(server.Counts.Values.Sum(), await SumAsync(Cells, "counts"));
        Assert.Equal(await SumAsync(Grid, "background"), await SumAsync(Cells, "background"), 1e-6);
        foreach (var survey in new[] { Grid, Cells })
        {
            await MadeAsync(survey);
            var tiles = (await server.Client.GetAsync($"{survey}/tiles")).Json.EnumerateArray().ToArray();
            Assert.Equal(server.Counts.Values.Sum(), tiles.Sum(tile => tile.GetProperty("counts").GetDouble()));
        }
    }

    [Fact]
    public async Task Every_position_is_answered_by_its_owner_with_the_numbers_of_the_grid()
    {
        var fitted = 0;
        for (var y = 1; y < Image.Height; y += 6)
            for (var x = 2; x < Image.Width; x += 5)
            {
                var position = Image.PixelCentre(x, y)!.Value;
                var (one, other) = (await PointAsync(Grid, position), await PointAsync(Cells, position));
                Assert.Equal(CellServer.Cells.Owner(position)!.Value.Tile.ToString(), other.GetProperty("tile").GetString());
                foreach (var exact in new[] { "counts", "background", "exposure" }) Equal(one, other, exact, 1e-12);
                foreach (var name in new[] { "ts", "sqrtTs", "norm", "normErr", "flux", "fluxUl" }) Equal(one, other, name, 1e-6);
                if (other.GetProperty("sqrtTs").ValueKind == JsonValueKind.Number) fitted++;
            }

        Assert.True(fitted > 30, $"{fitted} of the positions have a fit");
    }

    [Fact]
    public async Task Maps_and_images_of_a_cell_have_nothing_where_it_owns_nothing()
    {
        await MadeAsync(Cells);
        foreach (var tile in await TilesAsync(Cells))
        {
            var owned = CellServer.Cells.Owned(new TileId(tile), 0);
            foreach (var quantity in new[] { "counts", "sqrt_ts", "exposure" })
            {
                var image = (await server.Client.GetAsync($"{Cells}/tiles/{tile}/point/{quantity}.json")).Json;
                var (width, height) = (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32());
                Assert.Equal((owned.Box.Width, owned.Box.Height), (width, height));
                foreach (var (i, value) in image.GetProperty("values").EnumerateArray().Index())
                    Assert.True(value.ValueKind == JsonValueKind.Null || owned.Contains(owned.Box.X + i % width, owned.Box.Y + i / width));
            }
        }
    }

    [Fact]
    public async Task A_source_is_one_candidate_where_the_grid_has_it()
    {
        var (one, other) = (await CandidatesAsync(Grid), await CandidatesAsync(Cells));
        Assert.Contains(one, candidate => !candidate.AtEdge);
        foreach (var (mine, theirs) in new[] { (one, other), (other, one) })
            foreach (var candidate in mine.Where(candidate => !candidate.AtEdge))
            {
                var same = Assert.Single(theirs, there => there.Position.SeparationDeg(candidate.Position) < 0.1);
                Assert.Equal(candidate.SqrtTs, same.SqrtTs, candidate.SqrtTs * 1e-6);
                Assert.Equal(0, same.Position.SeparationDeg(candidate.Position), same.AtEdge ? 0.1 : 1e-6);
            }
    }

    [Fact]
    public async Task What_needs_one_image_is_refused_clearly_and_names_are_the_tilings_own()
    {
        var refused = await server.Client.GetAsync($"{Cells}/pixel/3,3");
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.Contains("has no common pixel grid", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);

        // The whole sky at a glance is sampled from the tiles.
        foreach (var path in new[] { "/preview.png", "/mosaic/sqrt_ts.png", "/mosaic/counts.json", "/statistics" })
            Assert.Equal((path, HttpStatusCode.OK), (path, (await server.Client.GetAsync(Cells + path)).Status));

        const string Tile = "/tiles/cell-b2";
        foreach (var path in new[]
        {
            "", "/status", "/info", "/observations", Tile, $"{Tile}/observations", $"{Tile}/dataset.fits.gz",
            $"{Tile}/maps/point.fits?fresh=true&timeout=60",
        })
        {
            var answer = await server.Client.GetAsync(Cells + path);
            Assert.True(
                answer.Status == HttpStatusCode.OK, $"{path}: {(int)answer.Status} {System.Text.Encoding.UTF8.GetString(answer.Bytes)}");
        }

        var unknown = await server.Client.GetAsync($"{Cells}/tiles/x000y000");
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal($"there is no tile 'x000y000', expected {CellServer.Cells.Names}", unknown.Json.GetProperty("detail").GetString());
    }

    private async Task MadeAsync(string survey)
    {
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync($"{survey}/candidates.json?fresh=true&timeout=60")).Status);
        // Tiles report their maps to the survey shortly after computing them.
        await server.Client.UntilAsync($"{survey}/tiles", answer => answer.Json.EnumerateArray().All(tile =>
            tile.GetProperty("maps").EnumerateArray().Any(map => map.GetProperty("map").GetString() == "point" && !IsStale(map))));

        static bool IsStale(JsonElement map) => map.GetProperty("stale").GetBoolean();
    }

    private async Task<IReadOnlyList<string>> TilesAsync(string survey) =>
        [.. (await server.Client.GetAsync($"{survey}/tiles")).Json.EnumerateArray().Select(tile => tile.GetProperty("tile").GetString()!)];

    private async Task<double> SumAsync(string survey, string quantity)
    {
        var sum = 0.0;
        foreach (var tile in await TilesAsync(survey))
        {
            var values = (await server.Client.GetAsync($"{survey}/tiles/{tile}/point/{quantity}.json")).Json.GetProperty("values");
            sum += values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.Number).Sum(value => value.GetDouble());
        }

        return sum;
    }

    private async Task<JsonElement> PointAsync(string survey, SkyPosition position)
    {
        var answer = await server.Client.GetAsync(string.Create(
            CultureInfo.InvariantCulture, $"{survey}/point/{position.LonDeg:r},{position.LatDeg:r}?frame=galactic&fresh=true&timeout=60"));
        Assert.True(answer.Status == HttpStatusCode.OK, $"{(int)answer.Status} {System.Text.Encoding.UTF8.GetString(answer.Bytes)}");
        return answer.Json;
    }

    private async Task<Candidate[]> CandidatesAsync(string survey)
    {
        await MadeAsync(survey);
        var list = await server.Client.GetAsync($"{survey}/candidates.json?min_sqrt_ts=4");
        return
        [
            .. list.Json.EnumerateArray().Select(candidate => new Candidate(
                new SkyPosition(candidate.GetProperty("ra").GetDouble(), candidate.GetProperty("dec").GetDouble(), SkyFrame.Icrs),
                candidate.GetProperty("sqrtTs").GetDouble(), candidate.GetProperty("atEdge").GetBoolean())),
        ];
    }

    private static void Equal(JsonElement one, JsonElement other, string name, double relative)
    {
        var (expected, actual) = (one.GetProperty(name), other.GetProperty(name));
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        if (expected.ValueKind != JsonValueKind.Number) return;
        var (wanted, found) = (expected.GetDouble(), actual.GetDouble());
        Assert.True(Math.Abs(found - wanted) <= Math.Abs(wanted) * relative, $"{name} {found}, expected {wanted}: {one} {other}");
    }

    private sealed record Candidate(SkyPosition Position, double SqrtTs, bool AtEdge);
}
