namespace TsMapSurvey.Grains.Tiles;

/// <summary>Holds a value until the memory budget drops it.</summary>
internal abstract class MemorySlot
{
    protected MemorySlot() => Node = new LinkedListNode<MemorySlot>(this);

    public LinkedListNode<MemorySlot> Node { get; }

    public long Bytes { get; set; }

    public bool IsPinned { get; set; }

    public abstract void Clear();
}

/// <inheritdoc/>
internal sealed class MemorySlot<T> : MemorySlot
    where T : class
{
    public T? Value { get; set; }

    public override void Clear() => Value = null;
}
