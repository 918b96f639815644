using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Mosaics;
using TsMapSurvey.Maps;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Damages what a survey of six tiles has published, in as many ways, and asks for the survey as a whole.</summary>
[Trait("Pace", "slow")]
public sealed class DamagedMapsTests : IDisposable
{
    private const string Survey = "little";
    private static readonly CandidateRequest AllPeaks = new("point", 3, 0.1, Fresh: true, TimeSpan.FromSeconds(60));
    private static readonly MosaicRequest Image = new("point", "sqrt_ts", 0, Fresh: true, TimeSpan.FromSeconds(60));
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyStore _store;

    public DamagedMapsTests() => _store = new FaultyStore(BlobStores.Open(_folder.Path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Facts_that_are_damaged_or_of_an_earlier_version_are_made_again_after_a_restart_and_no_source_is_lost()
    {
        CandidateList before;
        await using (var host = await StartAsync()) before = await CandidatesAsync(host);
        Assert.True(before.Items.Select(candidate => candidate.Tile).Distinct().Count() > 3, "too few tiles have a peak");
        var files = Files("maps", "point", "*.json");
        Assert.Equal(6, files.Length);
        foreach (var (file, kind) in files.Zip(Damage.Kinds.Except(["a bit near its end flipped"]))) Damage.Do(file, kind);
        // As an earlier version wrote them: without a checksum.
        var earlier = Files("maps", "wide", "*.json")[0];
        await File.WriteAllTextAsync(earlier, (await File.ReadAllTextAsync(earlier)).Split(",\"checksum\"")[0] + "}");

        await using var again = await SurveyHost.StartAsync(_store);
        var after = await CandidatesAsync(again, AllPeaks with { Fresh = false });
        Assert.Empty(after.Missing);
        AssertSame(before, after);
        await again.Grains.Mosaic(Survey).Candidates(AllPeaks with { Map = "wide" }, CancellationToken.None);
        foreach (var file in Files("maps", "*", "*.json"))
            Assert.Equal(SealState.Valid, SealedJson.Check(await File.ReadAllBytesAsync(file)));
    }

    [Fact]
    public async Task Damaged_maps_are_made_again_before_a_mosaic_is_made_of_them()
    {
        await using var host = await StartAsync();
        var before = await MosaicAsync(host, Image);
        foreach (var kinds in Damage.Kinds.Chunk(6))
        {
            foreach (var mosaic in Files("mosaics", "point", "sqrt_ts-0", "*.gz")) File.Delete(mosaic);
            foreach (var (file, kind) in Files("maps", "point", "*.fits").Zip(kinds)) Damage.Do(file, kind);
            // A canvas that is kept knows the tiles' pixels.
            host.Service<MosaicCanvases>().Take($"surveys/{Survey}/mosaics/point/sqrt_ts-0/");
            // The quantity alone is read and looked at: elsewhere in the file there may still be damage.
            Assert.Equal(before.Data, (await MosaicAsync(host, Image)).Data);
        }
    }

    [Fact]
    public async Task Damaged_stacks_are_exported_again_before_a_mosaic_is_made_of_them()
    {
        await using var host = await StartAsync();
        var before = await MosaicAsync(host, Image with { Quantity = "counts" });
        foreach (var kinds in Damage.Kinds.Chunk(6))
        {
            foreach (var mosaic in Files("mosaics", "stack", "counts", "*.gz")) File.Delete(mosaic);
            foreach (var (file, kind) in Files("stacks", "*", "*.gz").Zip(kinds)) Damage.Do(file, kind);
            host.Service<MosaicCanvases>().Take($"surveys/{Survey}/mosaics/stack/counts/");
            Assert.Equal(before.Data, (await MosaicAsync(host, Image with { Quantity = "counts" })).Data);
            foreach (var file in Files("stacks", "*", "*.gz")) AssertIntact(file);
        }
    }

    [Fact]
    public async Task A_tile_whose_map_cannot_be_made_again_is_named_and_the_others_are_served()
    {
        await using var host = await StartAsync();
        var (before, peaks) = (await MosaicAsync(host, Image), await CandidatesAsync(host));
        var lost = Files("maps", "point", "*.fits").First(file => file.Contains("x001y001", StringComparison.Ordinal));
        foreach (var mosaic in Files("mosaics", "point", "sqrt_ts-0", "*.gz")) File.Delete(mosaic);
        Damage.Do(lost, "emptied");
        _store.FailWrites(Path.Combine("x001y001", "point", Path.GetFileName(lost)).Replace('\\', '/'), Fault.Lost, times: int.MaxValue);
        // The pixels of the tile that are in memory since the mosaic before must not stay there.
        await host.Grains.Mosaic(Survey).Restore($"surveys/{Survey}/maps/x001y001/point/{Path.GetFileName(lost)}", CancellationToken.None);

        var ticket = await host.Grains.Mosaic(Survey)
            .Request(Image with { Fresh = false, Wait = TimeSpan.FromSeconds(1) }, CancellationToken.None);
        Assert.Equal("x001y001", Assert.Single(ticket.Missing).Tile);
        Assert.NotEmpty(ticket.Missing[0].Reason);
        var image = await _store.ReadMapAsync(ticket.Blob!, "SQRT_TS");
        var owned = ((Sky.GridTiling)LittleSurvey.Resolved.Tiling).RegionOf(new Sky.TileId("x001y001"));
        for (var i = 0; i < image.Data.Length; i++)
        {
            var (x, y) = (i % image.Geometry.Width, i / image.Geometry.Width);
            var isOfTheLost = x >= owned.X && x < owned.Right && y >= owned.Y && y < owned.Bottom;
            Assert.Equal(isOfTheLost ? double.NaN : before.Data[i], image.Data[i]);
        }

        var rest = await host.Grains.Mosaic(Survey)
            .Candidates(AllPeaks with { Fresh = false, Wait = TimeSpan.Zero }, CancellationToken.None);
        Assert.Equal("x001y001", Assert.Single(rest.Missing).Tile);
        Assert.Equal(peaks.Items.Where(candidate => candidate.Tile != "x001y001")
            .Select(candidate => candidate.RaDeg), rest.Items.Select(candidate => candidate.RaDeg));
    }

    [Fact]
    public async Task Two_clusters_that_find_the_same_damage_end_with_one_whole_map()
    {
        await using var one = await StartAsync();
        await using var other = await SurveyHost.StartAsync(_store);
        var tickets = new[] { await one.FreshMapAsync(Survey, "x001y001"), await other.FreshMapAsync(Survey, "x001y001") };
        var file = Path.Combine(_folder.Path, tickets[0].Blob!);
        var before = await _store.ReadMapAsync(tickets[0].Blob!, "SQRT_TS");
        foreach (var kind in Damage.Kinds)
        {
            Damage.Do(file, kind);
            await Task.WhenAll(new[] { one, other }.Select(
                host => host.Grains.Tile(Survey, "x001y001").Restore(tickets[0].Blob!, CancellationToken.None)));
            foreach (var host in new[] { one, other }) Assert.Equal((TicketState.Ready, tickets[0].Blob),
                (await host.FreshMapAsync(Survey, "x001y001") is var ticket ? (ticket.State, ticket.Blob) : default));
            AssertIntact(file);
            Assert.Equal(before.Data, (await _store.ReadMapAsync(tickets[0].Blob!, "SQRT_TS")).Data);
            Assert.Equal(SealState.Valid, SealedJson.Check(await File.ReadAllBytesAsync(Path.ChangeExtension(file, ".json"))));
        }
    }

    [Fact]
    public async Task A_whole_blob_and_what_is_not_the_tiles_stay_as_they_are()
    {
        await using var host = await StartAsync();
        var blob = (await host.FreshMapAsync(Survey, "x001y001")).Blob!;
        var eTag = (await _store.FindAsync(blob, CancellationToken.None))!.ETag;
        await _store.WriteAsync("observations/of-somebody.fits", "no FITS"u8.ToArray(), WriteCondition.Always, CancellationToken.None);
        foreach (var name in new[] { blob, "observations/of-somebody.fits", $"surveys/{Survey}/tiles/x001y001/manifest.json",
            $"surveys/{Survey}/maps/x000y000/point/0000000001.fits" })
            await host.Grains.Tile(Survey, "x001y001").Restore(name, CancellationToken.None);
        Assert.Equal(eTag, (await _store.FindAsync(blob, CancellationToken.None))!.ETag);
        Assert.NotNull(await _store.FindAsync("observations/of-somebody.fits", CancellationToken.None));
        Assert.NotNull(await _store.FindAsync($"surveys/{Survey}/tiles/x001y001/manifest.json", CancellationToken.None));
    }

    [Fact]
    public async Task A_tile_with_a_fault_is_named_by_the_surveys_status_until_it_is_well()
    {
        await using var host = await SurveyHost.StartAsync(_store);
        await host.DefineAsync(Survey);
        var tile = (await host.Grains.Tile(Survey, "x001y001").GetSummary(CancellationToken.None)) with { Revision = 5 };
        // A hint is on its way when the call ends: each is waited for.
        async Task<SurveyStatus> ToldAsync(TileSummary told, Func<SurveyStatus, bool> isKnown)
        {
            SurveyStatus? status = null;
            await host.Grains.Survey(Survey).TileChanged(told);
            await Until.TrueAsync(async () => isKnown(status = await host.Grains.Survey(Survey).GetStatus(CancellationToken.None)));
            return status!;
        }

        await ToldAsync(tile, status => status.Tiles == 1);
        var status = await ToldAsync(tile with { Revision = 0, Fault = "no stack" }, status => status.Missing.Length == 1);
        Assert.Equal([new MissingTile("x001y001", "no stack")], status.Missing);
        Assert.Equal((1, 5), (status.Tiles, status.Revision));
        Assert.Equal(1, (await ToldAsync(tile, status => status.Missing.IsEmpty)).Tiles);
    }

    /// <summary>All observations stacked, and the maps of all tiles made.</summary>
    private async Task<SurveyHost> StartAsync()
    {
        var host = await SurveyHost.StartAsync(_store);
        await host.DefineAsync(Survey);
        var observations = LittleSurvey.Several();
        foreach (var observation in observations) await _store.PutAsync($"observations/{observation.Name}.fits", observation);
        await host.SettledAsync(Survey, observations.Length);
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
            foreach (var map in new[] { "point", "wide" }) await host.FreshMapAsync(Survey, tile.ToString(), map);
        return host;
    }

    private static async Task<CandidateList> CandidatesAsync(SurveyHost host, CandidateRequest? request = null)
    {
        CandidateList? list = null;
        await Until.TrueAsync(async () =>
            (list = await host.Grains.Mosaic(Survey).Candidates(request ?? AllPeaks, CancellationToken.None)).TilesPending == 0);
        return list!;
    }

    private async Task<Map<double>> MosaicAsync(SurveyHost host, MosaicRequest request)
    {
        MosaicTicket? ticket = null;
        await Until.TrueAsync(
            async () => (ticket = await host.Grains.Mosaic(Survey).Request(request, CancellationToken.None)).State == TicketState.Ready);
        Assert.Empty(ticket!.Missing);
        return await _store.ReadMapAsync(ticket.Blob!, request.Quantity.ToUpperInvariant());
    }

    /// <summary>Files below a folder of what is published, in order of their names.</summary>
    private string[] Files(string kind, params string[] pattern)
    {
        var root = Path.Combine(_folder.Path, "surveys", Survey, kind);
        var files = Directory.EnumerateFiles(root, pattern[^1], SearchOption.AllDirectories);
        return [.. files.Where(file => pattern[..^1].All(
            part => part == "*" || file[root.Length..].Split(Path.DirectorySeparatorChar).Contains(part))).Order(StringComparer.Ordinal)];
    }

    private static void AssertIntact(string file)
    {
        using var fits = FitsFile.Open(file);
        fits.EnsureIntact();
    }

    private static void AssertSame(CandidateList expected, CandidateList found)
    {
        Assert.Equal(expected.Items.Length, found.Items.Length);
        foreach (var (one, other) in expected.Items.Zip(found.Items))
        {
            Assert.Equal((one.Tile, one.EnergyBin), (other.Tile, other.EnergyBin));
            Assert.Equal(one.SqrtTs, other.SqrtTs, 1e-2 * one.SqrtTs);
            Assert.Equal(one.RaDeg, other.RaDeg, 0.01);
        }
    }
}
