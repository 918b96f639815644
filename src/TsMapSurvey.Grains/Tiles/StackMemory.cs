using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Grains;

/// <summary>
/// Keeps the silo's stacks within a budget of bytes: those longest unused are dropped, and read again from checkpoint and tail when needed.
/// A stack in use stays, so that the budget may be passed by those in use.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "no wait handle in it: there is nothing to free")]
internal sealed class StackMemory(GrainOptions options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<StackSlot> _filled = new();

    /// <summary>Places for those who make a second stack of a tile.</summary>
    internal SemaphoreSlim Rebuilds { get; } = new(options.RebuildsAtOnce, options.RebuildsAtOnce);

    /// <summary>Bytes of all stacks held.</summary>
    public long Bytes { get; private set; }

    internal DatasetStack? Pin(StackSlot slot)
    {
        lock (_lock)
        {
            slot.IsPinned = true;
            return slot.Stack;
        }
    }

    internal void Unpin(StackSlot slot)
    {
        lock (_lock)
        {
            slot.IsPinned = false;
            if (slot.Stack is not null)
            {
                _filled.Remove(slot.Node);
                _filled.AddLast(slot.Node);
            }

            Trim();
        }
    }

    internal void Put(StackSlot slot, DatasetStack? stack)
    {
        lock (_lock)
        {
            if (slot.Stack is not null) _filled.Remove(slot.Node);
            Bytes -= slot.Bytes;
            (slot.Stack, slot.Bytes) = (stack, stack?.ByteSize ?? 0);
            Bytes += slot.Bytes;
            if (stack is not null) _filled.AddLast(slot.Node);
            Trim();
        }
    }

    private void Trim()
    {
        var node = _filled.First;
        while (Bytes > options.StackBytes && node is not null)
        {
            var (slot, next) = (node.Value, node.Next);
            if (!slot.IsPinned)
            {
                _filled.Remove(node);
                Bytes -= slot.Bytes;
                (slot.Stack, slot.Bytes) = (null, 0);
            }

            node = next;
        }
    }
}

/// <summary>Where one tile keeps its stack while there is room.</summary>
internal sealed class StackSlot
{
    public StackSlot() => Node = new LinkedListNode<StackSlot>(this);

    public LinkedListNode<StackSlot> Node { get; }

    public DatasetStack? Stack { get; set; }

    public long Bytes { get; set; }

    public bool IsPinned { get; set; }
}
