namespace TsMapSurvey.Fits;

/// <summary>Everything that this library can refuse; each has one constructor in <c>FitsErrors.cs</c>.</summary>
public enum FitsError
{
    /// <summary>The stream has no bytes.</summary>
    Empty,

    /// <summary>The bytes are not FITS: the first card is not <c>SIMPLE = T</c>.</summary>
    NotFits,

    /// <summary>The gzip container is damaged.</summary>
    BadGzip,

    /// <summary>The stream ends before the header or the data that it announces.</summary>
    Truncated,

    /// <summary>A header has no END card.</summary>
    HeaderWithoutEnd,

    /// <summary>A mandatory keyword is absent.</summary>
    MissingKeyword,

    /// <summary>A keyword's value has the wrong type or is outside its range.</summary>
    BadKeyword,

    /// <summary>The primary HDU holds random groups, which are not read.</summary>
    RandomGroups,

    /// <summary>A size is above a limit of <see cref="FitsLimits"/> or overflows.</summary>
    TooLarge,

    /// <summary>The columns of a table do not agree with its row width, or a TFORM or TDIM is malformed.</summary>
    BadColumn,

    /// <summary>A variable-length array lies outside its heap.</summary>
    BadDescriptor,

    /// <summary>An image is tile-compressed in a way that is not read.</summary>
    UnsupportedCompression,

    /// <summary>A tile of a compressed image is damaged.</summary>
    BadTile,

    /// <summary>Data were asked for as a type that they are not.</summary>
    WrongType,

    /// <summary>A stored value, or one to be stored, does not fit the type asked for.</summary>
    ValueOutOfRange,

    /// <summary>Elements were asked for outside the data.</summary>
    ElementOutOfRange,

    /// <summary>The bytes of a HDU do not add up to its checksums: they are not those that were written.</summary>
    BadChecksum,

    /// <summary>What is to be written has no FITS form: its shape, name, text or column lengths.</summary>
    NotWritable,
}
