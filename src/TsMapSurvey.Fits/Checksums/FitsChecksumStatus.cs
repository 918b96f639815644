namespace TsMapSurvey.Fits;

/// <summary>What the CHECKSUM and DATASUM cards of a HDU say about its bytes.</summary>
public enum FitsChecksumStatus
{
    /// <summary>The header has neither card, so nothing is known.</summary>
    Absent,

    /// <summary>Every card that is there agrees with the bytes.</summary>
    Valid,

    /// <summary>The data unit does not add up to DATASUM.</summary>
    DataMismatch,

    /// <summary>The data are as DATASUM says, or DATASUM is absent, but the whole HDU does not add up to zero.</summary>
    HeaderMismatch,
}
