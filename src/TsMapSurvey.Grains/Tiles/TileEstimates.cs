namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// The estimates of a tile's newest maps, by name, while the memory budget allows. The caller takes an estimate out and puts it back only
/// after publishing the map: a failure drops it, and the next map is computed from scratch. Belongs to a grain.
/// </summary>
internal sealed class TileEstimates(StackMemory memory)
{
    private readonly Dictionary<string, MemorySlot<TileEstimate>> _slots = [];
    private bool _isReleased;

    public TileEstimate? Take(string map) => memory.Take(Slot(map));

    public void Put(string map, TileEstimate estimate)
    {
        if (estimate.Estimate.IsPartial && !_isReleased) memory.Put(Slot(map), estimate, estimate.ByteSize);
    }

    /// <summary>Drops all estimates, and ignores later ones.</summary>
    public void Release()
    {
        _isReleased = true;
        foreach (var slot in _slots.Values) memory.Put(slot, null, 0);
    }

    private MemorySlot<TileEstimate> Slot(string map)
    {
        if (!_slots.TryGetValue(map, out var slot)) _slots[map] = slot = new MemorySlot<TileEstimate>();
        return slot;
    }
}
