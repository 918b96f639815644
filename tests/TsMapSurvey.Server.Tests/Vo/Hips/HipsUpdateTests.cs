using System.Net;
using TsMapSurvey.Fits;
using TsMapSurvey.Hips;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Vo.Hips;

[Trait("Pace", "slow")]
public sealed class HipsUpdateTests
{
    [Fact]
    public async Task An_observation_redoes_only_the_branches_that_it_touches_and_a_restart_none()
    {
        using var made = new MadeTiles("branches");
        await using var survey = new WideSurvey("branches");
        await survey.StartAsync();
        var earlier = await survey.StackAsync(0, WideSurvey.Count - 1);
        var before = await ReadAsync(survey);
        Assert.Equal(CountByOrder(before.Keys), made.ByOrder);
        var revisions = await RevisionsAsync(survey);
        var version = await VersionAsync(survey);

        made.Clear();
        Assert.Equal(Tags(before), Tags(await ReadAsync(survey)));
        Assert.Equal([0, 0, 0, 0], made.ByOrder);

        Assert.NotEqual(earlier, await survey.StackAsync(WideSurvey.Count - 1, WideSurvey.Count));
        var touched = Cells(survey, (await RevisionsAsync(survey)).Where(tile => revisions.GetValueOrDefault(tile.Key) != tile.Value)
            .Select(tile => tile.Key));
        made.Clear();
        var after = await ReadAsync(survey);
        // A tile whose map is empty makes no HiPS tile.
        touched.IntersectWith(after.Keys);
        Assert.Equal(CountByOrder(touched), made.ByOrder);
        Assert.Equal(Sorted(touched), Sorted(after.Keys.Where(cell =>
            !before.TryGetValue(cell, out var known) || known.ETag != after[cell].ETag)));
        var same = after.Keys.Except(touched).ToArray();
        Assert.True(same.Length > 2, "some branches are not touched");
        Assert.All(same, cell => Assert.Equal(before[cell].Bytes, after[cell].Bytes));

        // The earlier version is still there, as it was.
        foreach (var (cell, answer) in before)
            Assert.Equal(answer.Bytes, (await survey.Client.GetAsync($"{survey.Layer}/v/{version}/{HipsReader.Path(cell)}")).Bytes);
        // And did not replace the newer one of any parent.
        Assert.All(Parents(survey), folder => Assert.Single(Directory.GetFiles(folder)));

        await survey.StopAsync();
        await survey.StartAsync();
        made.Clear();
        var again = await ReadAsync(survey, deepest: 2);
        Assert.Equal([0, 0, 0, 0], made.ByOrder);
        Assert.All(again, item => Assert.Equal(after[item.Key].ETag, item.Value.ETag));
        Assert.All(again, item => Assert.Equal(after[item.Key].Bytes, item.Value.Bytes));
    }

    [Fact]
    public async Task A_version_whose_maps_were_deleted_is_not_found_any_more()
    {
        await using var survey = new WideSurvey("gone");
        await survey.StartAsync();
        await survey.StackAsync(0, 1);
        var cell = (await ReadAsync(survey)).Keys.MaxBy(one => one.Order);
        var version = await VersionAsync(survey);
        await survey.StackAsync(1, WideSurvey.Count);
        var newer = await VersionAsync(survey);
        Assert.NotEqual(version, newer);
        await survey.StopAsync();
        var maps = Directory.GetFiles(
            System.IO.Path.Combine(survey.Store, "surveys", "gone", "maps"), "*.fits", SearchOption.AllDirectories);
        foreach (var older in maps.GroupBy(System.IO.Path.GetDirectoryName).SelectMany(files =>
            files.Order(StringComparer.Ordinal).SkipLast(1)))
            File.Delete(older);

        await survey.StartAsync();
        var gone = await survey.Client.GetAsync($"{survey.Layer}/v/{version}/{HipsReader.Path(cell)}");
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Contains("has been deleted", gone.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await survey.Client.GetAsync($"{survey.Layer}/v/{newer}/{HipsReader.Path(cell)}")).Status);
    }

    [Fact]
    public async Task Damaged_and_lost_blobs_are_made_again_within_the_request()
    {
        await using var survey = new WideSurvey("damaged");
        await survey.StartAsync();
        await survey.StackAsync(0, 2);
        var before = await ReadAsync(survey);
        await survey.StopAsync();
        string[] Stored(string folder, string pattern) => Directory.GetFiles(
            System.IO.Path.Combine(survey.Store, "surveys", "damaged", folder), pattern, SearchOption.AllDirectories);
        var (files, cancel) = (Stored("hips", "*"), TestContext.Current.CancellationToken);
        foreach (var (file, number) in files.Select((file, number) => (file, number)))
        {
            var bytes = await File.ReadAllBytesAsync(file, cancel);
            bytes[bytes.Length / 2] ^= 0x10;
            if (number % 3 == 0) File.Delete(file);
            else await File.WriteAllBytesAsync(file, number % 3 == 1 ? bytes : bytes[..(bytes.Length / 3)], cancel);
        }

        File.Delete(Stored("maps", "*.fits")[0]);

        await survey.StartAsync();
        var after = await ReadAsync(survey);
        Assert.Equal(Sorted(before.Keys), Sorted(after.Keys));
        Assert.All(after, item => Assert.Equal(before[item.Key].Bytes, item.Value.Bytes));
    }

    private static async Task<Dictionary<HealpixCell, Answer>> ReadAsync(WideSurvey survey, int deepest = 3)
    {
        using var moc = FitsFile.Open(new MemoryStream((await survey.Client.GetAsync($"{survey.Layer}/Moc.fits")).Bytes), "Moc.fits");
        var read = new Dictionary<HealpixCell, Answer>();
        // From the root, so that parents ask for their children.
        for (var order = 0; order <= deepest; order++)
            foreach (var cell in Enumerable.Range(0, (int)HealpixCell.Count(order)).Select(index => new HealpixCell(order, index)))
            {
                if (order > 0 && !read.ContainsKey(cell.Parent)) continue;
                var answer = await survey.Client.GetAsync($"{survey.Layer}/{HipsReader.Path(cell)}");
                if (answer.Status == HttpStatusCode.NotFound) continue;
                Assert.Equal(HttpStatusCode.OK, answer.Status);
                read[cell] = answer;
            }

        return read;
    }

    private static IEnumerable<(HealpixCell Cell, string? Tag)> Tags(Dictionary<HealpixCell, Answer> read) =>
        read.Select(item => (item.Key, item.Value.ETag));

    private static async Task<Dictionary<string, long>> RevisionsAsync(WideSurvey survey) =>
        (await survey.Client.GetAsync($"{survey.Path}/tiles")).Json.EnumerateArray()
            .ToDictionary(tile => tile.GetProperty("tile").GetString()!, tile => tile.GetProperty("revision").GetInt64());

    private static async Task<string> VersionAsync(WideSurvey survey) =>
        System.Text.Encoding.UTF8.GetString((await survey.Client.GetAsync($"{survey.Layer}/properties")).Bytes).Split('\n')
            .Single(line => line.StartsWith("prov_progenitor", StringComparison.Ordinal)).Split(' ')[^1];

    /// <summary>The tiles of all orders that a pixel of the survey's tiles is in.</summary>
    private static HashSet<HealpixCell> Cells(WideSurvey survey, IEnumerable<string> tiles)
    {
        var tiling = Survey.Resolve(survey.Definition).Tiling;
        var cells = tiles.SelectMany(tile => TileCells.Of(tiling, new TileId(tile), 3))
            .Select(index => new HealpixCell(3, index)).ToHashSet();
        foreach (var order in new[] { 2, 1, 0 })
            cells.UnionWith(cells.Where(cell => cell.Order == order + 1).Select(cell => cell.Parent).ToArray());
        return cells;
    }

    private static IEnumerable<HealpixCell> Sorted(IEnumerable<HealpixCell> cells) => cells.OrderBy(cell => (cell.Order, cell.Index));

    private static int[] CountByOrder(IEnumerable<HealpixCell> cells) =>
        [.. Enumerable.Range(0, 4).Select(order => cells.Count(cell => cell.Order == order))];

    private static string[] Parents(WideSurvey survey) => [.. Directory.GetFiles(System.IO.Path.Combine(
        survey.Store, "surveys", "branches", "hips"), "*.fits.gz", SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetDirectoryName(file)!).Distinct()];
}
