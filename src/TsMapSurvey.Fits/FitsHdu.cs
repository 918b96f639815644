namespace TsMapSurvey.Fits;

/// <summary>A header and its data unit: a <see cref="FitsImage"/>, a <see cref="FitsTable"/> or a <see cref="FitsUnknownHdu"/>.</summary>
public abstract class FitsHdu
{
    private protected FitsHdu(HduUnit unit, FitsHeader? header = null) => (Unit, Header) = (unit, header ?? unit.Header);

    internal HduUnit Unit { get; }

    /// <summary>0 is the primary HDU.</summary>
    public int Index => Unit.Index;

    /// <summary>EXTNAME without trailing blanks. Without EXTNAME "PRIMARY" for the primary HDU and empty for an extension.</summary>
    public string Name => Unit.Name;

    /// <summary>The header; of a tile-compressed image the header before compression.</summary>
    public FitsHeader Header { get; }

    /// <summary>Stored size of the data unit in bytes, without padding.</summary>
    public long DataBytes => Unit.DataBytes;

    /// <summary>Compares the stored header and data with CHECKSUM and DATASUM. Reads the whole HDU.</summary>
    /// <exception cref="FitsException">The stream ends early.</exception>
    public FitsChecksumStatus VerifyChecksum() => Unit.VerifyChecksum();

    /// <summary>
    /// Checks that the HDU is complete, including padding, and that CHECKSUM and DATASUM are present and agree with its bytes. Reads the
    /// whole HDU.
    /// </summary>
    /// <exception cref="FitsException">BadChecksum, MissingKeyword, Truncated.</exception>
    public void EnsureIntact() => Unit.EnsureIntact();
}
