namespace TsMapSurvey.Plots;

/// <summary>A colour, not premultiplied.</summary>
public readonly record struct Rgba(byte R, byte G, byte B, byte A = 255)
{
    public static Rgba Transparent => default;

    public static Rgba Grey { get; } = new(0xD8, 0xD8, 0xD8);

    /// <summary>Red in the lowest byte, which is the byte order of an RGBA pixel on a little-endian machine.</summary>
    internal uint Packed => R | (uint)G << 8 | (uint)B << 16 | (uint)A << 24;

    internal static Rgba FromPacked(uint packed) => new((byte)packed, (byte)(packed >> 8), (byte)(packed >> 16), (byte)(packed >> 24));
}
