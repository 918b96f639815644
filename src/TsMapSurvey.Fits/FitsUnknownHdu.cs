namespace TsMapSurvey.Fits;

/// <summary>An extension with unsupported data: an ASCII TABLE or an unregistered XTENSION. Only its header can be read.</summary>
public sealed class FitsUnknownHdu : FitsHdu
{
    internal FitsUnknownHdu(HduUnit unit, string extension)
        : base(unit) => Extension = extension;

    /// <summary>The value of XTENSION, upper case.</summary>
    public string Extension { get; }
}
