using System.Buffers;
using System.Globalization;

namespace TsMapSurvey.Fits;

/// <summary>CHECKSUM and DATASUM: FITS standard 4.0, 4.4.2.7 and appendix J.</summary>
internal static class HduChecksum
{
    private const int PartBytes = FitsBlock.Bytes * 32;

    public static FitsChecksumStatus Verify(HduUnit unit)
    {
        var checksum = unit.Header.Find("CHECKSUM")?.Value as string;
        var datasum = unit.Header.Find("DATASUM")?.Value;
        if (string.IsNullOrEmpty(checksum) && datasum is null or "") return FitsChecksumStatus.Absent;

        var data = Sum(unit, unit.DataOffset, FitsBlock.RoundUp(unit.DataBytes));
        if (datasum is not (null or "") && Datasum(datasum) != data) return FitsChecksumStatus.DataMismatch;
        if (string.IsNullOrEmpty(checksum)) return FitsChecksumStatus.Valid;

        var total = default(OnesComplement);
        total.Add(data);
        total.Add(Sum(unit, unit.HeaderOffset, unit.DataOffset - unit.HeaderOffset));
        return total.Sum is 0 or uint.MaxValue ? FitsChecksumStatus.Valid : FitsChecksumStatus.HeaderMismatch;
    }

    /// <summary>
    /// The sixteen characters that make the sum of an HDU -0. Each byte of the complement becomes four ASCII characters of a quarter each.
    /// Punctuation is avoided by changing two characters so that their sum stays. The text is rotated by one character because the value
    /// starts at byte 12 of its card.
    /// </summary>
    public static string Encode(uint sum)
    {
        const string Excluded = ":;<=>?@[\\]^_`";
        Span<char> text = stackalloc char[16];
        Span<int> quarters = stackalloc int[4];
        var complement = ~sum;
        for (var i = 0; i < 4; i++)
        {
            var value = (int)(complement >> (24 - (8 * i))) & 0xFF;
            quarters.Fill((value / 4) + '0');
            quarters[0] += value % 4;
            while (quarters[0..2].ContainsAny(Excluded) || quarters[2..4].ContainsAny(Excluded)) MovePairs(quarters, Excluded);
            for (var j = 0; j < 4; j++) text[((4 * j) + i + 1) % 16] = (char)quarters[j];
        }

        return text.ToString();
    }

    private static void MovePairs(Span<int> quarters, string excluded)
    {
        for (var j = 0; j < 4; j += 2)
        {
            if (!quarters.Slice(j, 2).ContainsAny(excluded)) continue;
            quarters[j]++;
            quarters[j + 1]--;
        }
    }

    private static bool ContainsAny(this Span<int> values, string characters)
    {
        foreach (var value in values)
            if (characters.Contains((char)value)) return true;
        return false;
    }

    private static uint? Datasum(object? card) => card switch
    {
        string text when uint.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var sum) => sum,
        long number and >= 0 and <= uint.MaxValue => (uint)number,
        _ => null,
    };

    /// <summary>Bytes missing after the end of the file count as zeros, like padding.</summary>
    private static uint Sum(HduUnit unit, long offset, long length)
    {
        var sum = default(OnesComplement);
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (long done = 0; done < length; done += PartBytes)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(PartBytes, length - done));
                part[unit.Source.Read(offset + done, part)..].Clear();
                sum.Add(part);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return sum.Sum;
    }
}
