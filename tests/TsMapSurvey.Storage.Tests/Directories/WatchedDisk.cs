using System.Collections.Concurrent;
using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

/// <summary>A disk that records flushes and can block them.</summary>
internal sealed class WatchedDisk : Disk, IDisposable
{
    private readonly ConcurrentDictionary<string, int> _begun = new();
    private readonly ManualResetEventSlim _open = new(true);

    /// <summary>What was flushed, in order; for files with the test's description of their state at that moment.</summary>
    public ConcurrentQueue<string> Flushed { get; } = new();

    public Func<string, string> State { get; init; } = _ => "";

    /// <summary>The number of flushes of the folder that have begun.</summary>
    public int Begun(string folder) => _begun.GetValueOrDefault(folder);

    /// <summary>Blocks flushes of folders until they are released.</summary>
    public void Hold() => _open.Reset();

    public void LetGo() => _open.Set();

    public override void FlushFile(FileStream file)
    {
        base.FlushFile(file);
        Flushed.Enqueue($"a file of {new FileInfo(file.Name).Length} bytes{State(file.Name)}");
    }

    public override void FlushFolder(string folder)
    {
        _begun.AddOrUpdate(folder, 1, (_, count) => count + 1);
        _open.Wait(TestContext.Current.CancellationToken);
        base.FlushFolder(folder);
        Flushed.Enqueue($"the folder {Path.GetFileName(folder)}{State(folder)}");
    }

    public void Dispose() => _open.Dispose();
}
