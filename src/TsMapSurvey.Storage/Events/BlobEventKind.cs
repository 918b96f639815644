namespace TsMapSurvey.Storage;

/// <summary>What an event is about.</summary>
public enum BlobEventKind
{
    /// <summary>A blob was written, whole.</summary>
    Created,

    /// <summary>Event Grid asks whether it may send: <see cref="BlobEvent.ValidationCode"/> is the answer.</summary>
    Validation,

    /// <summary>Something else that is no fault.</summary>
    Other,

    /// <summary>It is no event that can be understood: <see cref="BlobEvent.Fault"/> says why.</summary>
    Unreadable,
}
