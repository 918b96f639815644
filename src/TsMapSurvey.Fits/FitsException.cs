namespace TsMapSurvey.Fits;

/// <summary>
/// The only failure that the content of a FITS file can cause. The message names file, HDU, card or row, and what was found and
/// expected. Failures of the medium itself (file not found, connection lost) stay the <see cref="IOException"/> they are.
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

    /// <summary>Which of the closed list of failures this is.</summary>
    public FitsError Error { get; }

    /// <summary>The file's name as given to Open or Create; empty where there is none.</summary>
    public string File { get; }

    /// <summary>0-based; 0 is the primary HDU; null where the failure belongs to the file as a whole.</summary>
    public int? HduIndex { get; }

    /// <summary>EXTNAME, "PRIMARY", or empty.</summary>
    public string HduName { get; }

    /// <summary>Index and name in one word, as in the message; empty where the failure belongs to the file as a whole.</summary>
    public string Hdu => FitsPlace.DescribeHdu(HduIndex, HduName);
}
