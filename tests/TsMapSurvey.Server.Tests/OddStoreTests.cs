using System.Net;
using System.Text.Json;
using TsMapSurvey.Server.Api.Health;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Tests;

/// <summary>Servers on stores that are damaged, full or read-only.</summary>
[Trait("Pace", "slow")]
public sealed class OddStoreTests : IDisposable
{
    private static readonly TimeSpan MaxShutdownTime = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Links_special_files_and_foreign_definitions_harm_nothing_else_are_named_and_hold_up_no_stop()
    {
        var settings = StackedServer.Settings(_folder);
        await SmallSurvey.PutAsync(settings.Store, 1);
        var observations = Path.Combine(settings.Store, "observations");
        File.CreateSymbolicLink(Path.Combine(observations, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(observations, "self.fits"), "self.fits");
        File.CreateSymbolicLink(Path.Combine(observations, "passwd.fits"), "/etc/passwd");
        Assert.Equal(0, Tools.Run("mkfifo", [Path.Combine(observations, "fifo.fits")], 60).ExitCode);
        var definitions = Directory.CreateDirectory(Path.Combine(settings.Store, "definitions")).FullName;
        await File.WriteAllTextAsync(Path.Combine(definitions, "broken.json"), "{");
        await File.WriteAllTextAsync(Path.Combine(definitions, "notes.txt"), "a note");
        await using var server = await ServerHost.StartAsync(settings, CancellationToken.None);
        using var client = new Client(server.Address);
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson())).Status);

        var status = (await client.UntilAsync("/api/surveys/small", answer => answer.Json.GetProperty("stacked").GetInt32() == 1)).Json;
        Assert.Equal((1, JsonValueKind.Null), (status.GetProperty("observations").GetInt32(), status.GetProperty("fault").ValueKind));
        Assert.Equal(
            ["observations/fifo.fits", "observations/passwd.fits", "observations/self.fits", "observations/up"],
            status.GetProperty("skipped").EnumerateArray().Select(skipped => skipped.GetString()!.Split(':')[0]));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/surveys/small/observations/passwd.fits")).Status);

        var listed = (await client.GetAsync("/api/surveys")).Json.EnumerateArray();
        var surveys = listed.ToDictionary(one => one.GetProperty("survey").GetString()!);
        Assert.Equal(["broken", "small"], surveys.Keys);
        Assert.Contains("definitions/broken.json", surveys["broken"].GetProperty("fault").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, surveys["small"].GetProperty("stacked").GetInt32());
        var broken = await client.GetAsync("/api/surveys/broken");
        Assert.Equal(HttpStatusCode.InternalServerError, broken.Status);
        Assert.Contains("definitions/broken.json", broken.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await server.StopAsync(CancellationToken.None).WaitAsync(MaxShutdownTime);
    }

    [Fact]
    public async Task Ready_says_what_keeps_a_store_from_being_written_to()
    {
        Assert.Null(await HealthEndpoints.WarningAsync(new RefusingStore(null), CancellationToken.None));
        var small = new RefusingStore(StorageErrors.Full("store", null, null, 4096));
        var full = await HealthEndpoints.WarningAsync(small, CancellationToken.None);
        Assert.Equal(
            "the store: no space left in store (the remaining 4 KiB are reserved for records and deletions); "
                + "delete files or enlarge the disk",
            full);
        var denied = new RefusingStore(StorageErrors.Denied("store", null, new IOException("Read-only file system")));
        var fault = await Assert.ThrowsAsync<RequestException>(() => HealthEndpoints.WarningAsync(denied, CancellationToken.None));
        Assert.Equal((503, true), (fault.Status, fault.Message.Contains("Read-only file system", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_on_a_full_disk_serves_and_refuses_uploads_with_507()
    {
        using var disk = SmallDisk.Mount(_folder.File("disk"), "size=8m");
        await using var server = await ServerHost.StartAsync(SettingsOn(disk), CancellationToken.None);
        using var client = new Client(server.Address);
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson())).Status);
        Assert.Equal(JsonValueKind.Null, (await client.GetAsync("/health/ready")).Json.GetProperty("warning").ValueKind);
        Assert.Throws<IOException>(() => File.WriteAllBytes(Path.Combine(disk.Folder, "other"), new byte[8 << 20]));
        var ready = await client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.Status);
        Assert.Contains("no space left", ready.Json.GetProperty("warning").GetString(), StringComparison.Ordinal);
        var another = (SmallSurvey.Definition with { Name = "another" }).ToJson();
        var refused = await client.PostAsync("/api/surveys", another);
        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.Status);
        Assert.Contains("no space left", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/surveys/small")).Status);
        File.Delete(Path.Combine(disk.Folder, "other"));
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/surveys", another)).Status);
        await server.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_server_on_a_read_only_disk_serves_what_is_there_and_is_not_ready()
    {
        using var disk = SmallDisk.Mount(_folder.File("disk"), "size=8m");
        Directory.CreateDirectory(Path.Combine(disk.Folder, "definitions"));
        Directory.CreateDirectory(Path.Combine(disk.Folder, "observations"));
        await File.WriteAllTextAsync(Path.Combine(disk.Folder, "definitions", "small.json"), SmallSurvey.Definition.ToJson());
        disk.Remount("ro");
        await using var server = await ServerHost.StartAsync(SettingsOn(disk), CancellationToken.None);
        using var client = new Client(server.Address);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/surveys/small")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).Status);
        var ready = await client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("Read-only file system", ready.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await server.StopAsync(CancellationToken.None);
    }

    private ServerSettings SettingsOn(SmallDisk disk) => StackedServer.Settings(_folder) with { Store = disk.Folder };

    private sealed class RefusingStore(StorageException? refusal) : IBlobStore
    {
        public string Description => "store";

        public Task CheckWritingAsync(CancellationToken cancellationToken) => refusal is null ? Task.CompletedTask : throw refusal;

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) => throw NotAsked();

        public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => throw NotAsked();

        public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) => throw NotAsked();

        public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken) => throw NotAsked();

        public Task<WriteResult> WriteAsync(
            string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) => throw NotAsked();

        public Task<WriteResult> WriteAsync(
            string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
            throw NotAsked();

        public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) => throw NotAsked();

        private static NotSupportedException NotAsked() => new("only whether it can be written to is asked");
    }
}
