namespace TsMapSurvey.Storage.Notices;

/// <summary>What an event is about.</summary>
public enum BlobNoticeKind
{
    /// <summary>A blob was written, whole.</summary>
    Created,

    /// <summary>Event Grid asks whether it may send: <see cref="BlobNotice.ValidationCode"/> is the answer.</summary>
    Validation,

    /// <summary>Something else that is no fault.</summary>
    Other,

    /// <summary>It is no event that can be understood: <see cref="BlobNotice.Fault"/> says why.</summary>
    Unreadable,
}
