namespace TsMapSurvey.Fits;

/// <summary>The kinds of failure of this library. <c>FitsErrors.cs</c> has their messages.</summary>
public enum FitsError
{
    /// <summary>The stream has no bytes.</summary>
    Empty,

    /// <summary>The bytes are not FITS: the first card is not <c>SIMPLE = T</c>.</summary>
    NotFits,

    /// <summary>The gzip container is damaged.</summary>
    BadGzip,

    /// <summary>The stream ends before the end of a header, or before the end of the data that a header announces.</summary>
    Truncated,

    /// <summary>A header has no END card.</summary>
    HeaderWithoutEnd,

    /// <summary>A required keyword is absent.</summary>
    MissingKeyword,

    /// <summary>A keyword's value has the wrong type or is outside its range.</summary>
    BadKeyword,

    /// <summary>The primary HDU holds random groups, which are not supported.</summary>
    RandomGroups,

    /// <summary>A size exceeds a limit of <see cref="FitsLimits"/> or overflows 64 bits.</summary>
    TooLarge,

    /// <summary>The column widths of a table do not add up to its row width, or a TFORM or TDIM is malformed.</summary>
    BadColumn,

    /// <summary>A variable-length array lies outside its heap.</summary>
    BadDescriptor,

    /// <summary>The tile compression of an image is not supported.</summary>
    UnsupportedCompression,

    /// <summary>A tile of a compressed image is damaged.</summary>
    BadTile,

    /// <summary>Data were requested as a type that they do not have.</summary>
    WrongType,

    /// <summary>A value cannot be represented by the requested type.</summary>
    ValueOutOfRange,

    /// <summary>The requested elements are outside the data.</summary>
    ElementOutOfRange,

    /// <summary>The bytes of an HDU do not agree with its checksums: they have changed since they were written.</summary>
    BadChecksum,

    /// <summary>The data to write cannot be expressed in FITS, because of their shape, name, text or column lengths.</summary>
    NotWritable,
}
