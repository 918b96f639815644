namespace TsMapSurvey.Sky;

/// <summary>
/// The Z-order curve (Morton 1966): a number whose even bits are a column and whose odd bits are a row. The nested index of a
/// <see cref="HealpixCell"/> in its base cell is one, and so is the order of the pixels of a HiPS tile.
/// </summary>
public static class ZOrder
{
    /// <summary>The number at a column and a row, each below 2^31.</summary>
    public static long Interleave(uint column, uint row) => (long)(Spread(column) | (Spread(row) << 1));

    /// <summary>The column and the row of a number below 2^62.</summary>
    public static (uint Column, uint Row) Split(long number) => (Gather((ulong)number), Gather((ulong)number >> 1));

    // Each step halves the groups of bits and moves the upper halves apart; Gather is the way back.
    private static ulong Spread(uint value)
    {
        ulong bits = value;
        bits = (bits | (bits << 16)) & 0x0000FFFF0000FFFF;
        bits = (bits | (bits << 8)) & 0x00FF00FF00FF00FF;
        bits = (bits | (bits << 4)) & 0x0F0F0F0F0F0F0F0F;
        bits = (bits | (bits << 2)) & 0x3333333333333333;
        return (bits | (bits << 1)) & 0x5555555555555555;
    }

    private static uint Gather(ulong bits)
    {
        bits &= 0x5555555555555555;
        bits = (bits | (bits >> 1)) & 0x3333333333333333;
        bits = (bits | (bits >> 2)) & 0x0F0F0F0F0F0F0F0F;
        bits = (bits | (bits >> 4)) & 0x00FF00FF00FF00FF;
        bits = (bits | (bits >> 8)) & 0x0000FFFF0000FFFF;
        return (uint)(bits | (bits >> 16));
    }
}
