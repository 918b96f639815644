using System.Text;
using TsMapSurvey.Storage.Resilience;

namespace TsMapSurvey.Storage.Tests.Contract;

/// <summary>An empty store of one kind, and a second client of the same blobs, as in another process.</summary>
internal sealed class StoreUnderTest : IDisposable
{
    internal static readonly StorageOptions Options = new() { MaxReadBytes = 9 << 20, ReadAheadBytes = 1 << 16 };
    private readonly TemporaryFolder? _folder;

    private StoreUnderTest(string url, TemporaryFolder? folder, bool resilient, StorageOptions options)
    {
        _folder = folder;
        Store = Open();
        Other = Open();
        IBlobStore Open()
        {
            var bare = BlobStores.OpenWithoutResilience(url, options, TimeProvider.System);
            return resilient ? new ResilientBlobStore(bare, options, TimeProvider.System) : bare;
        }
    }

    public IBlobStore Store { get; }

    public IBlobStore Other { get; }

    public static async Task<StoreUnderTest> OpenAsync(string kind)
    {
        var resilient = kind.StartsWith("resilient ", StringComparison.Ordinal);
        if (kind.EndsWith("directory", StringComparison.Ordinal))
        {
            var folder = new TemporaryFolder();
            return new StoreUnderTest(folder.File("store"), folder, resilient, Options);
        }

        var azurite = await Azurite.NeedAsync();
        return new StoreUnderTest($"{azurite.BlobUrl}/{Azurite.NewName()}", null, resilient, Options);
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(BlobContent? content) => Encoding.UTF8.GetString(content!.Bytes.Span);

    public static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public void Dispose() => _folder?.Dispose();
}
