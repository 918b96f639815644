using System.Text.Json;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Chaos;

/// <summary>What is durable, read past the proxy and without any of the system's own processes: whoever starts anew has this.</summary>
internal sealed class StoredStacks(IBlobStore store, Expectation expected, Samples samples, MapDataset template)
{
    /// <summary>Sums of doubles in another order.</summary>
    private const double Rounding = 1e-12;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly TileStore _tiles = new(store, expected.Survey.Name);
    private readonly List<string> _problems = [];

    public static async Task<IReadOnlyList<string>> CheckAsync(IBlobStore store, Expectation expected, Samples samples)
    {
        var stream = await store.OpenReadAsync($"surveys/{expected.Survey.Name}/template.fits.gz", null, CancellationToken.None);
        if (stream is null) return expected.Wanted.Count == 0 ? [] : ["the survey has no template"];
        using var file = FitsFile.Open(stream, "template.fits.gz");
        var check = new StoredStacks(store, expected, samples, MapDatasetFile.Read(file));
        var counts = 0.0;
        foreach (var tile in expected.Survey.Tiling.All()) counts += await check.OwnedCountsAsync(tile);
        if (counts != expected.Counts) check._problems.Add($"the tiles own {counts} counts, expected {expected.Counts}");
        return check._problems;
    }

    /// <summary>The tiles whose manifest is not there or damaged, although the servers have had the time to make it again.</summary>
    public static async Task<IReadOnlyList<string>> LostManifestsAsync(IBlobStore store, Expectation expected)
    {
        var (tiles, problems) = (new TileStore(store, expected.Survey.Name), new List<string>());
        foreach (var tile in expected.Survey.Tiling.All())
        {
            if (expected.Of(tile).Count == 0) continue;
            var found = await tiles.FindManifestAsync(tile.ToString(), CancellationToken.None);
            if (found.Manifest is null)
                problems.Add($"tile {tile}: its manifest was not made again ({found.Damage?.Message ?? "it is not there"})");
        }

        return problems;
    }

    /// <summary>Compares a tile's ledger with what has to be in it, and its stack with the offline stack of that.</summary>
    private async Task<double> OwnedCountsAsync(TileId tile)
    {
        var wanted = expected.Of(tile);
        if ((await _tiles.FindManifestAsync(tile.ToString(), CancellationToken.None)).Stored is not { Manifest: var manifest })
        {
            if (wanted.Count > 0) _problems.Add($"tile {tile}: nothing, expected {Names(wanted)}");
            return 0;
        }

        var ledger = new List<LedgerEntry>(await CheckpointLedgerAsync(manifest));
        ledger.AddRange(manifest.Tail);
        foreach (var twice in ledger.GroupBy(entry => entry.Observation).Where(group => group.Count() > 1))
            _problems.Add($"tile {tile}: {twice.Key} {twice.Count()} times");
        foreach (var missing in wanted.Where(version => !ledger.Exists(entry => entry.Observation == version.Name)))
            _problems.Add($"tile {tile}: {missing.Name} is missing, revision {manifest.Revision}");
        foreach (var entry in ledger)
        {
            if (wanted.FirstOrDefault(version => version.Name == entry.Observation) is not { } version)
                _problems.Add($"tile {tile}: {entry.Observation} has no place there, revision {manifest.Revision}");
            else if (version.Hash != entry.Hash)
                _problems.Add($"tile {tile}: {entry.Observation} is of another version, revision {manifest.Revision}");
        }

        var grid = expected.Survey.GridWithHalo(tile);
        var stack = await StackAsync(tile, manifest, grid);
        var offline = new DatasetStack(grid, template);
        foreach (var version in wanted) offline.Add(version.Dataset);
        if (!stack.DifferenceFrom(offline).IsRounding(Rounding))
            _problems.Add($"tile {tile}: {stack.DifferenceFrom(offline)} from the offline stack of {Names(wanted)}");
        return Counts(stack.ToDataset("stored"), tile);
    }

    /// <summary>Checkpoint and tail, as a restart reads them.</summary>
    private async Task<DatasetStack> StackAsync(TileId tile, TileManifest manifest, SkyGrid grid)
    {
        var stack = new DatasetStack(grid, template);
        if (await _tiles.OpenCheckpointAsync(manifest, CancellationToken.None) is { } stream)
            await using (stream) stack = DatasetStack.Read(stream, manifest.Checkpoint!, grid, template);
        foreach (var entry in manifest.Tail)
        {
            if (samples.Find(entry.Observation, entry.Hash) is { } version) stack.Add(version.Dataset);
            else _problems.Add($"tile {tile}: {entry.Observation} with the content {entry.Hash} was never put");
        }

        return stack;
    }

    private async Task<IReadOnlyList<LedgerEntry>> CheckpointLedgerAsync(TileManifest manifest)
    {
        if (manifest.Checkpoint is null) return [];
        var name = $"{Path.ChangeExtension(manifest.Checkpoint, null)}.ledger.json";
        if (await store.ReadAsync(name, CancellationToken.None) is not { } content)
        {
            _problems.Add($"{name} is not there");
            return [];
        }

        using var json = JsonDocument.Parse(content.Bytes);
        return json.RootElement.GetProperty("entries").Deserialize<LedgerEntry[]>(Web)!;
    }

    private double Counts(MapDataset stack, TileId tile)
    {
        var (owned, counts, sum) = (expected.Survey.OwnedPixels(tile).Box, stack.Counts!, 0.0);
        var (width, height) = (stack.Grid.Width, stack.Grid.Height);
        for (var i = 0; i < counts.Data.Length; i++)
            if (owned.Contains(i % width, i / width % height)) sum += counts.Data[i];
        return sum;
    }

    private static string Names(IEnumerable<SampleVersion> versions) => string.Join(", ", versions.Select(version => version.Name));
}
