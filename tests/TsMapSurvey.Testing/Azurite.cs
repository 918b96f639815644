using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Testing;

/// <summary>
/// The Azure Storage emulator, one per test process, in memory, on free ports. It ends with the test process however that ends, since the
/// launcher (tests/tools/azurite.cjs) watches its standard input. Tests keep apart by containers and queues of their own.
/// </summary>
public sealed partial class Azurite
{
    private const string Account = "devstoreaccount1";

    // https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly Lazy<Task<Azurite>> Running = new(StartAsync);

    private Azurite(string blobAddress, string queueAddress)
    {
        (BlobUrl, QueueUrl) = ($"{blobAddress}/{Account}", $"{queueAddress}/{Account}");
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={BlobUrl};QueueEndpoint={QueueUrl};";
    }

    /// <summary>As <c>http://127.0.0.1:41707/devstoreaccount1</c>; a container's name may follow.</summary>
    public string BlobUrl { get; }

    /// <summary>As <see cref="BlobUrl"/>; a queue's name may follow.</summary>
    public string QueueUrl { get; }

    /// <summary>For blobs and queues.</summary>
    public string ConnectionString { get; }

    /// <summary>The running emulator; skips (in CI: fails) the running test where it is not installed.</summary>
    public static Task<Azurite> NeedAsync()
    {
        Tools.Need("node", "apt-get install nodejs");
        Tools.Need(Repository.Path("tests", "tools", "node_modules", ".bin", "azurite"), "tests/tools/install.sh");
        return Running.Value;
    }

    /// <summary>A name that no other test has, for a container or a queue.</summary>
    public static string NewName() => $"test-{Guid.NewGuid():N}";

    private static async Task<Azurite> StartAsync()
    {
        var start = new ProcessStartInfo(Tools.Find("node")!,
        [
            Repository.Path("tests", "tools", "azurite.cjs"), "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill(entireProcessTree: true);
        var errors = process.StandardError.ReadToEndAsync();
        var addresses = new Dictionary<string, string>();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (addresses.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync(limit.Token)
                ?? throw new InvalidOperationException($"azurite ended before it listened: {await errors}");
            if (Listening().Match(line) is { Success: true } match) addresses[match.Groups[1].Value] = match.Groups[2].Value;
        }

        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return new Azurite(addresses["Blob"], addresses["Queue"]);
    }

    [GeneratedRegex(@"Azurite (\w+) service is successfully listening at (http://\S+)")]
    private static partial Regex Listening();
}
