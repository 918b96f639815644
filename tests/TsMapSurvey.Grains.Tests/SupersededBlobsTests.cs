using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Tests;

public sealed class SupersededBlobsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.fits 1.json 2.fits 2.json 3.fits 3.json", "3.fits 3.json")]
    [InlineData("1.fits 1.json 2.fits", "1.fits 1.json 2.fits")]
    [InlineData("1.fits 1.json 2.fits 3.fits 3.json", "3.fits 3.json")]
    [InlineData("1.fits 1.json 2.json", "1.fits 1.json 2.json")]
    [InlineData("7.fits.gz", "7.fits.gz")]
    public async Task Only_what_a_whole_newer_revision_replaced_long_ago_is_deleted(string there, string expected)
    {
        using var folder = new TemporaryFolder();
        var store = BlobStores.Open(folder.Path);
        foreach (var name in Names(there)) await store.WriteAsync(name, new byte[1], WriteCondition.Always, Cancel);
        var now = (await store.FindAsync(Names(there)[^1], Cancel))!.LastModified;
        await SupersededBlobs.SweepAsync(store, "maps/", now + SupersededBlobs.Grace / 2, Cancel);
        Assert.Equal(Names(there), await ListAsync(store));
        await SupersededBlobs.SweepAsync(store, "maps/", now + 2 * SupersededBlobs.Grace, Cancel);
        Assert.Equal(Names(expected), await ListAsync(store));
    }

    [Fact]
    public async Task What_is_no_revision_stays()
    {
        using var folder = new TemporaryFolder();
        var store = BlobStores.Open(folder.Path);
        string[] names = ["maps/0000000001.fits.d/0000000001.fits", "maps/12.fits", "maps/notes.txt", "maps/x000000001.fits"];
        foreach (var name in names) await store.WriteAsync(name, new byte[1], WriteCondition.Always, Cancel);
        await SupersededBlobs.SweepAsync(store, "maps/", DateTimeOffset.MaxValue, Cancel);
        Assert.Equal(names, await ListAsync(store));
    }

    [Fact]
    public async Task On_a_full_store_what_was_replaced_a_minute_ago_makes_room_and_publishing_is_tried_once_more()
    {
        using var folder = new TemporaryFolder();
        var store = new FaultyStore(BlobStores.Open(folder.Path));
        var place = new SurveyLayout("s").Maps("t", "m", null);
        foreach (var revision in new[] { 1, 2 })
            await store.WriteAsync(place.Map(revision), new byte[1], WriteCondition.Always, Cancel);
        var written = (await store.FindAsync(place.Map(2), Cancel))!.LastModified;
        store.FailWrites(".fits", Fault.Full, times: 3);
        var early = await Assert.ThrowsAsync<StorageException>(() => PublishAsync(written));
        Assert.Equal((StorageError.Full, 2), (early.Error, (await ListAsync(store, place.Name)).Count));
        await PublishAsync(written + 2 * SupersededBlobs.ShortGrace);
        Assert.Equal([place.Map(2), place.Map(3)], await ListAsync(store, place.Name));

        Task<WriteResult> PublishAsync(DateTimeOffset now) =>
            place.PublishAsync(
                store, now, () => store.WriteAsync(place.Map(3), new byte[1], WriteCondition.IfAbsent, Cancel), Cancel);
    }

    private static string[] Names(string files) => [.. files.Split(' ').Select(file => $"maps/{file.PadLeft(file.Length + 9, '0')}")];

    private static async Task<List<string>> ListAsync(IBlobStore store, string prefix = "maps/")
    {
        var names = new List<string>();
        await foreach (var entry in store.ListAsync(prefix, Cancel)) names.Add(entry.Name);
        return names;
    }
}
