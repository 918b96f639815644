using System.Text.Json;

namespace TsMapSurvey.Chaos;

/// <summary>
/// The commits of tiles that the storage has taken. A server that finds an observation missing in a tile adds it again, so a lost update
/// is not to be seen in what is stored in the end: it shows as two commits of one revision.
/// </summary>
internal sealed class SeenCommits
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Blob, long Revision), string> _commits = [];
    private readonly List<string> _problems = [];

    /// <summary>What is wrong with them; empty when all is well.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_lock) return [.. _problems];
        }
    }

    /// <summary>A manifest was written; the same commit may come more than once.</summary>
    public void Written(string blob, byte[] manifest)
    {
        using var json = JsonDocument.Parse(manifest);
        var revision = json.RootElement.GetProperty("revision").GetInt64();
        var (tile, commit) = (json.RootElement.GetProperty("tile").GetString(), json.RootElement.GetProperty("commitId").GetString()!);
        lock (_lock)
        {
            if (!_commits.TryAdd((blob, revision), commit) && _commits[(blob, revision)] is var other && other != commit)
                _problems.Add($"tile {tile}: revision {revision} was committed twice, as {other} and as {commit}");
        }
    }
}
