namespace TsMapSurvey.Fits;

/// <summary>The type of a column. The numeric value is its letter in TFORM.</summary>
public enum FitsColumnType
{
    /// <summary>No type; not a TFORM.</summary>
    None = 0,

    /// <summary>L, one byte: T, F, or 0 for undefined.</summary>
    Logical = 'L',

    /// <summary>X, bits packed from the most significant bit, each row padded to whole bytes.</summary>
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
