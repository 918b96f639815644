namespace TsMapSurvey.Storage;

/// <summary>The precondition of a write or delete; <c>default</c> is <see cref="Always"/>.</summary>
public readonly record struct WriteCondition
{
    private WriteCondition(bool ifAbsent, string? eTag)
    {
        MustBeAbsent = ifAbsent;
        ETag = eTag;
    }

    /// <summary>No condition: the last writer wins.</summary>
    public static WriteCondition Always => default;

    /// <summary>No blob of this name exists.</summary>
    public static WriteCondition IfAbsent => new(true, null);

    /// <summary>The blob exists and has this ETag.</summary>
    public static WriteCondition IfMatch(string eTag)
    {
        ArgumentException.ThrowIfNullOrEmpty(eTag);
        return new WriteCondition(false, eTag);
    }

    internal bool MustBeAbsent { get; }

    internal string? ETag { get; }

    /// <summary>Whether there is a condition. Such a write is never retried automatically.</summary>
    public bool IsConditional => MustBeAbsent || ETag is not null;

    internal bool Holds(string? currentETag) =>
        MustBeAbsent ? currentETag is null : ETag is null || ETag == currentETag;
}
