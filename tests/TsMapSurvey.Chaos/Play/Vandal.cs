using TsMapSurvey.Storage;

namespace TsMapSurvey.Chaos;

/// <summary>Damages what is stored, past the proxy and every server.</summary>
internal sealed class Vandal(IBlobStore store, string survey, Timeline timeline)
{
    private readonly string _root = $"surveys/{survey}/";

    /// <param name="stacked">Observations whose records may be damaged.</param>
    public async Task DoAsync(Damage damage, IReadOnlyCollection<string> stacked)
    {
        var names = new List<string>();
        await foreach (var entry in store.ListAsync(_root, CancellationToken.None))
            if (IsOf(damage.Kind, entry.Name[_root.Length..], stacked)) names.Add(entry.Name);
        if (names.Count == 0)
        {
            timeline.Note($"nothing to damage: there is no {damage.Kind}");
            return;
        }

        var name = names[(int)(damage.Which * names.Count)];
        timeline.Note($"{damage.How} of a {damage.Kind}: {name}");
        if (damage.How == DamageKind.Delete)
        {
            await store.DeleteAsync(name, WriteCondition.Always, CancellationToken.None);
            return;
        }

        if (await store.ReadAsync(name, CancellationToken.None) is not { } content) return;
        var (bytes, at) = (content.Bytes.ToArray(), (int)(damage.Where * content.Bytes.Length));
        if (damage.How == DamageKind.Flip) bytes[at] ^= 1;
        await store.WriteAsync(
            name, damage.How == DamageKind.Cut ? bytes.AsMemory(0, at) : bytes, WriteCondition.Always, CancellationToken.None);
    }

    private static bool IsOf(StoredKind kind, string name, IReadOnlyCollection<string> stacked) => kind switch
    {
        StoredKind.Manifest => name.EndsWith("/manifest.json", StringComparison.Ordinal),
        StoredKind.Checkpoint =>
            name.Contains("/checkpoints/", StringComparison.Ordinal) && name.EndsWith(".ckpt", StringComparison.Ordinal),
        StoredKind.Ledger => name.EndsWith(".ledger.json", StringComparison.Ordinal),
        StoredKind.Record =>
            name.StartsWith("observations/", StringComparison.Ordinal) && stacked.Contains(name["observations/".Length..^".json".Length]),
        StoredKind.Map => name.StartsWith("maps/", StringComparison.Ordinal) && name.EndsWith(".fits", StringComparison.Ordinal),
        StoredKind.Facts => name.StartsWith("maps/", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal),
        StoredKind.Mosaic => name.StartsWith("mosaics/", StringComparison.Ordinal),
        StoredKind.Export => name.StartsWith("stacks/", StringComparison.Ordinal),
        _ => false,
    };
}
