namespace TsMapSurvey.Fits;

/// <summary>The letter of a TFORM; the numeric value is that letter.</summary>
public enum FitsColumnType
{
    /// <summary>No type; not a TFORM.</summary>
    None = 0,

    /// <summary>L, one byte: T, F, or 0 for undefined.</summary>
    Logical = 'L',

    /// <summary>X, bits packed from the most significant down, each row padded to bytes.</summary>
    Bit = 'X',

    /// <summary>B, unsigned.</summary>
    Byte = 'B',

    /// <summary>I.</summary>
    Int16 = 'I',

    /// <summary>J.</summary>
    Int32 = 'J',

    /// <summary>K.</summary>
    Int64 = 'K',

    /// <summary>A.</summary>
    Character = 'A',

    /// <summary>E.</summary>
    Single = 'E',

    /// <summary>D.</summary>
    Double = 'D',

    /// <summary>C, two 32-bit floats.</summary>
    ComplexSingle = 'C',

    /// <summary>M, two 64-bit floats.</summary>
    ComplexDouble = 'M',
}
