namespace TsMapSurvey.Fits;

public sealed partial class FitsFile
{
    /// <summary>
    /// The keyword in the primary header for the number of extensions. It detects a file that was truncated between two HDUs.
    /// </summary>
    public const string ExtensionCount = "NEXTEND";

    /// <summary>
    /// Checks that every HDU is complete and that its CHECKSUM and DATASUM agree with its bytes. Reads the whole file. Use it for files
    /// from <see cref="FitsWriter"/>: undamaged files of other programs may lack the checksums.
    /// </summary>
    /// <exception cref="FitsException">BadChecksum, Truncated: the file is damaged. MissingKeyword: an HDU has no checksum.</exception>
    public void EnsureIntact()
    {
        EnsureAllExtensions();
        foreach (var hdu in Hdus) hdu.EnsureIntact();
    }

    /// <summary>
    /// Checks the primary HDU, and the number of extensions if the header has <see cref="ExtensionCount"/>. Reads the headers and the
    /// primary data unit.
    /// </summary>
    /// <exception cref="FitsException">BadChecksum, MissingKeyword, Truncated: the primary HDU is damaged, or extensions are missing.
    /// </exception>
    public void EnsureAllExtensions()
    {
        Hdus[0].EnsureIntact();
        if (Hdus[0].Header.GetInteger(ExtensionCount) is { } expected && expected != Hdus.Count - 1)
            throw FitsErrors.MissingExtensions(new FitsPlace(Name), Hdus.Count - 1, expected);
    }
}
