using System.Diagnostics.CodeAnalysis;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// An LRU cache, bounded by bytes, of the silo's stacks and of the estimates of their maps. A dropped stack is read again from checkpoint
/// and tail when needed; a map without its estimate is computed from scratch. Values in use are not dropped and may exceed the budget.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no wait handle, so there is nothing to dispose")]
internal sealed class StackMemory(GrainOptions options, SiloMemory? silo = null)
{
    private const int RebuildsAtOnce = 4;
    private readonly Lock _lock = new();
    private readonly LinkedList<MemorySlot> _filled = new();

    /// <summary>Admits the memory of stacks in use.</summary>
    internal MemoryBudget InUse { get; } = (silo ?? new SiloMemory(options)).Stacks;

    /// <summary>Limits the tiles that rebuild their stack at the same time, since each holds a second stack meanwhile.</summary>
    internal SemaphoreSlim Rebuilds { get; } = new(RebuildsAtOnce, RebuildsAtOnce);

    public long Bytes { get; private set; }

    internal void Pin(MemorySlot slot)
    {
        lock (_lock) slot.IsPinned = true;
    }

    internal void Unpin(MemorySlot slot)
    {
        lock (_lock)
        {
            slot.IsPinned = false;
            if (slot.Node.List is not null)
            {
                _filled.Remove(slot.Node);
                _filled.AddLast(slot.Node);
            }

            Trim();
        }
    }

    internal void Put<T>(MemorySlot<T> slot, T? value, long bytes)
        where T : class
    {
        lock (_lock)
        {
            Drop(slot);
            if (value is null) return;
            (slot.Value, slot.Bytes) = (value, bytes);
            Bytes += bytes;
            _filled.AddLast(slot.Node);
            Trim();
        }
    }

    /// <summary>Removes and returns the value; null if there is none.</summary>
    internal T? Take<T>(MemorySlot<T> slot)
        where T : class
    {
        lock (_lock)
        {
            var value = slot.Value;
            Drop(slot);
            return value;
        }
    }

    private void Trim()
    {
        var node = _filled.First;
        while (Bytes > options.StackBytes && node is not null)
        {
            var (slot, next) = (node.Value, node.Next);
            if (!slot.IsPinned) Drop(slot);
            node = next;
        }
    }

    private void Drop(MemorySlot slot)
    {
        if (slot.Node.List is not null) _filled.Remove(slot.Node);
        Bytes -= slot.Bytes;
        slot.Bytes = 0;
        slot.Clear();
    }
}
