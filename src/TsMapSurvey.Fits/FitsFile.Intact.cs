namespace TsMapSurvey.Fits;

public sealed partial class FitsFile
{
    /// <summary>
    /// The keyword of the primary header that says how many extensions follow: a file that was cut between two HDUs is found by it.
    /// </summary>
    public const string ExtensionCount = "NEXTEND";

    /// <summary>
    /// Demands what files written by <see cref="FitsWriter"/> have: every HDU is whole, and its CHECKSUM and DATASUM agree with its bytes.
    /// Reads the whole file. Files of others may lack the checksums without being damaged.
    /// </summary>
    /// <exception cref="FitsException">BadChecksum, Truncated: the file is damaged.</exception>
    public void DemandIntact()
    {
        DemandEveryExtension();
        foreach (var hdu in Hdus) hdu.DemandIntact();
    }

    /// <summary>
    /// Demands as many extensions as <see cref="ExtensionCount"/> announces, where the file has it. Reads nothing but headers.
    /// </summary>
    /// <exception cref="FitsException">BadChecksum, Truncated: the primary header is damaged, or extensions are missing.</exception>
    public void DemandEveryExtension()
    {
        Hdus[0].DemandIntact();
        if (Hdus[0].Header.GetInteger(ExtensionCount) is { } expected && expected != Hdus.Count - 1)
            throw FitsErrors.MissingExtensions(new FitsPlace(Name), Hdus.Count - 1, expected);
    }
}
