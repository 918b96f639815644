namespace TsMapSurvey.Chaos;

/// <summary>What all runs of the program share: storage emulator, proxy, Redis, samples, and what this machine lets us do.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private Ground(Azurite azurite, FaultyStorage storage, RedisServer redis, string[] tsmap, string folder)
    {
        (Azurite, Storage, Redis, Tsmap, Folder) = (azurite, storage, redis, tsmap, folder);
        Samples = new Samples(Path.Combine(folder, "samples"));
    }

    public Azurite Azurite { get; }

    public FaultyStorage Storage { get; }

    public RedisServer Redis { get; }

    /// <summary>The command that is tsmap.</summary>
    public IReadOnlyList<string> Tsmap { get; }

    public Samples Samples { get; }

    /// <summary>Everything that this program writes.</summary>
    public string Folder { get; }

    public Guard Guard { get; } = new();

    /// <param name="tsmap">The published program; null: the one that was built with this one, which starts slower.</param>
    public static async Task<Ground> PrepareAsync(string? tsmap)
    {
        var folder = Directory.CreateTempSubdirectory("tsmap-chaos-").FullName;
        var (azurite, redis) = (Azurite.NeedAsync(), RedisServer.NeedAsync());
        string[] command = tsmap is null ? [.. TestedProgram.Command] : [Path.GetFullPath(tsmap)];
        return new Ground(await azurite, await FaultyStorage.StartAsync(await azurite, Schedule.Silos + 1), await redis, command, folder);
    }

    /// <summary>A small file system of its own at a folder; false where that is not permitted.</summary>
    public bool TryMount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        if (!Environment.IsPrivilegedProcess || Tools.Find("mount") is not { } mount
            || Tools.Run(mount, ["-t", "tmpfs", "-o", $"size={megabytes}m", "tsmap-chaos", folder]).ExitCode != 0) return false;
        Guard.Mounted(folder);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        Guard.Dispose();
    }
}
