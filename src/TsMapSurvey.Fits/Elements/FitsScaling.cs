namespace TsMapSurvey.Fits;

/// <summary>physical = Zero + Scale x stored (FITS standard 4.0, equations 3 and 7). An integer stored as Blank has no value.</summary>
/// <param name="Scale">BSCALE or TSCAL.</param>
/// <param name="Zero">BZERO or TZERO.</param>
/// <param name="Blank">BLANK or TNULL; null if every stored integer is a value.</param>
public readonly record struct FitsScaling(double Scale, double Zero, long? Blank = null)
{
    internal const double TwoTo63 = 9223372036854775808.0;

    /// <summary>The identity: stored values are physical values.</summary>
    public static FitsScaling None { get; } = new(1, 0);

    /// <summary>Whether Scale is 1 and Zero is 0.</summary>
    public bool IsIdentity => Scale == 1 && Zero == 0;

    /// <summary>
    /// Whether stored 64-bit integers are unsigned by convention. They need integer arithmetic: stored + 2^63 in double loses small values.
    /// </summary>
    internal bool IsUnsigned64 => Scale == 1 && Zero == TwoTo63;

    internal static FitsScaling Read(FitsHeader header, string scale, string zero, string blank) =>
        new(header.GetDouble(scale) ?? 1, header.GetDouble(zero) ?? 0, header.Find(blank)?.Value is long value ? value : null);
}
