namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// The estimates of a tile's newest maps, by the maps' names, while there is room for them. Who takes one has it alone, and puts it back
/// only when the map is published: whatever fails on the way drops it, and the next map is made from scratch. Belongs to a grain, as its
/// maps do.
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

    /// <summary>Gives the memory back, and keeps nothing from now on.</summary>
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
