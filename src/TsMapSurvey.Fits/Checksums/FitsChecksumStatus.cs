namespace TsMapSurvey.Fits;

/// <summary>The result of comparing an HDU with its CHECKSUM and DATASUM cards.</summary>
public enum FitsChecksumStatus
{
    /// <summary>The header has neither card, so nothing was compared.</summary>
    Absent,

    /// <summary>Each of the two cards that is present agrees with the bytes.</summary>
    Valid,

    /// <summary>The sum of the data unit differs from DATASUM.</summary>
    DataMismatch,

    /// <summary>The data unit agrees with DATASUM (or DATASUM is absent), but the sum of the whole HDU is not zero.</summary>
    HeaderMismatch,
}
