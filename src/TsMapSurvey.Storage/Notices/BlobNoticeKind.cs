namespace TsMapSurvey.Storage.Notices;

public enum BlobNoticeKind
{
    /// <summary>A blob was written completely.</summary>
    Created,

    /// <summary>Event Grid's validation handshake; <see cref="BlobNotice.ValidationCode"/> must be sent back.</summary>
    Validation,

    /// <summary>A valid event of another kind.</summary>
    Other,

    /// <summary>Not a valid event; <see cref="BlobNotice.Fault"/> says why.</summary>
    Unreadable,
}
