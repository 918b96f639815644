namespace TsMapSurvey.Fits;

/// <summary>An extension whose data are not read: an ASCII TABLE, or an XTENSION that nobody registered. Its header is.</summary>
public sealed class FitsUnknownHdu : FitsHdu
{
    internal FitsUnknownHdu(HduUnit unit, string extension)
        : base(unit) => Extension = extension;

    /// <summary>The value of XTENSION, upper case.</summary>
    public string Extension { get; }
}
