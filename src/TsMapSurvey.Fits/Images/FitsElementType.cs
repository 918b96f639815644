namespace TsMapSurvey.Fits;

/// <summary>BITPIX: the type of stored elements, which are big-endian.</summary>
public enum FitsElementType
{
    /// <summary>No element type; not a BITPIX.</summary>
    None = 0,

    /// <summary>Unsigned, 8 bits.</summary>
    Byte = 8,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 16,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 32,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 64,

    /// <summary>IEEE 754, 32 bits.</summary>
    Single = -32,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double = -64,
}
