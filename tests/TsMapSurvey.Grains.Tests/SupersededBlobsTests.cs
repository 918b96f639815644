using TsMapSurvey.Storage;

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

    private static string[] Names(string files) => [.. files.Split(' ').Select(file => $"maps/{file.PadLeft(file.Length + 9, '0')}")];

    private static async Task<List<string>> ListAsync(IBlobStore store)
    {
        var names = new List<string>();
        await foreach (var entry in store.ListAsync("maps/", Cancel)) names.Add(entry.Name);
        return names;
    }
}
