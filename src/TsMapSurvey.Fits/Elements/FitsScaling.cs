namespace TsMapSurvey.Fits;

/// <summary>physical = Zero + Scale x stored (FITS standard 4.0, equations 3 and 7); an integer stored as Blank is undefined.</summary>
/// <param name="Scale">BSCALE or TSCAL.</param>
/// <param name="Zero">BZERO or TZERO.</param>
/// <param name="Blank">BLANK or TNULL; null where every integer is a value.</param>
public readonly record struct FitsScaling(double Scale, double Zero, long? Blank = null)
{
    internal const double TwoTo63 = 9223372036854775808.0;

    /// <summary>Stored values are physical values.</summary>
    public static FitsScaling None { get; } = new(1, 0);

    /// <summary>Whether Scale and Zero change nothing.</summary>
    public bool IsIdentity => Scale == 1 && Zero == 0;

    /// <summary>The unsigned convention of 64-bit integers: in doubles, stored + 2^63 would lose every small value.</summary>
    internal bool IsUnsigned64 => Scale == 1 && Zero == TwoTo63;

    internal static FitsScaling Read(FitsHeader header, string scale, string zero, string blank) =>
        new(header.GetDouble(scale) ?? 1, header.GetDouble(zero) ?? 0, header.Find(blank)?.Value is long value ? value : null);
}
