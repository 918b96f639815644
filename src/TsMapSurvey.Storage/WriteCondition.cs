namespace TsMapSurvey.Storage;

/// <summary>What must hold at the moment of a write or a delete; <c>default</c> is <see cref="Always"/>.</summary>
public readonly record struct WriteCondition
{
    private WriteCondition(bool ifAbsent, string? eTag)
    {
        MustBeAbsent = ifAbsent;
        ETag = eTag;
    }

    /// <summary>Nothing: the last writer wins.</summary>
    public static WriteCondition Always => default;

    /// <summary>There is no blob of this name.</summary>
    public static WriteCondition IfAbsent => new(true, null);

    /// <summary>The blob is there and is still the version of this ETag.</summary>
    public static WriteCondition IfMatch(string eTag)
    {
        ArgumentException.ThrowIfNullOrEmpty(eTag);
        return new WriteCondition(false, eTag);
    }

    internal bool MustBeAbsent { get; }

    internal string? ETag { get; }

    /// <summary>Whether there is a condition at all: such a write is never repeated blindly.</summary>
    public bool IsConditional => MustBeAbsent || ETag is not null;

    internal bool Holds(string? currentETag) =>
        MustBeAbsent ? currentETag is null : ETag is null || ETag == currentETag;
}
