namespace TsMapSurvey.Chaos;

/// <summary>What the proxy in front of the storage does to a request.</summary>
public enum StorageFault
{
    None,

    /// <summary>It is forwarded after up to half a second.</summary>
    Slow,

    /// <summary>The connection is reset, and the storage never hears of it.</summary>
    Reset,

    /// <summary>500 or 503, and the storage never hears of it.</summary>
    Refused,

    /// <summary>412 for a request with a condition, and the storage never hears of it.</summary>
    Mismatch,

    /// <summary>The storage does it, and the connection is reset instead of an answer.</summary>
    LostAnswer,

    /// <summary>The storage does it, and the answer is 500.</summary>
    FalseAnswer,

    /// <summary>The answer's body comes in drops.</summary>
    Drops,

    /// <summary>The answer's body ends in its middle.</summary>
    CutBody,

    /// <summary>A write reaches the storage after one that was sent later, also when whoever sent it is dead by then.</summary>
    LateWrite,
}
