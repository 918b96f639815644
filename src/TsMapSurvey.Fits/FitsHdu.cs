namespace TsMapSurvey.Fits;

/// <summary>A header and its data unit: a <see cref="FitsImage"/>, a <see cref="FitsTable"/> or a <see cref="FitsUnknownHdu"/>.</summary>
public abstract class FitsHdu
{
    private protected FitsHdu(HduUnit unit, FitsHeader? header = null) => (Unit, Header) = (unit, header ?? unit.Header);

    internal HduUnit Unit { get; }

    /// <summary>0 is the primary HDU.</summary>
    public int Index => Unit.Index;

    /// <summary>EXTNAME without trailing blanks; "PRIMARY" for a primary HDU without one, else empty.</summary>
    public string Name => Unit.Name;

    /// <summary>Of a tile-compressed image the one that it had before.</summary>
    public FitsHeader Header { get; }

    /// <summary>Bytes of the data unit as it is stored, without padding.</summary>
    public long DataBytes => Unit.DataBytes;

    /// <summary>Adds up header and data as they are stored and compares with CHECKSUM and DATASUM. Reads the whole HDU.</summary>
    /// <exception cref="FitsException">The stream ends early.</exception>
    public FitsChecksumStatus VerifyChecksum() => Unit.VerifyChecksum();

    /// <summary>
    /// Demands that the HDU is whole, padding included, and that its CHECKSUM and DATASUM are there and agree with its bytes. Reads the
    /// whole HDU.
    /// </summary>
    /// <exception cref="FitsException">BadChecksum, Truncated.</exception>
    public void DemandIntact() => Unit.DemandIntact();
}
