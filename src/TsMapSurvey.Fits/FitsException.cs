namespace TsMapSurvey.Fits;

/// <summary>
/// The only exception that the content of a FITS file can cause. The message names the file, the HDU, the card or row, and what was found
/// and expected. Failures of the storage itself (file not found, connection lost) remain an <see cref="IOException"/>.
/// </summary>
public sealed class FitsException : Exception
{
    internal FitsException(FitsError error, FitsPlace place, string message, Exception? inner = null)
        : base(place.Describe(message), inner)
    {
        Error = error;
        File = place.File;
        HduIndex = place.HduIndex;
        HduName = place.HduName;
    }

    public FitsError Error { get; }

    /// <summary>The file's name as given to Open or Create; empty if there is none.</summary>
    public string File { get; }

    /// <summary>0-based; 0 is the primary HDU; null if the failure concerns the whole file.</summary>
    public int? HduIndex { get; }

    /// <summary>EXTNAME, "PRIMARY", or empty.</summary>
    public string HduName { get; }

    /// <summary>Index and name of the HDU as in the message; empty if the failure concerns the whole file.</summary>
    public string Hdu => FitsPlace.DescribeHdu(HduIndex, HduName);
}
