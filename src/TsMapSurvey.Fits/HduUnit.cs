namespace TsMapSurvey.Fits;

/// <summary>The position of an HDU's header and data in the source. All data bytes were present when the file was opened.</summary>
internal sealed record HduUnit(FitsSource Source, FitsLimits Limits, FitsPlace Place, FitsHeader Header, int Index, string Name)
{
    public required long HeaderOffset { get; init; }

    public required long DataOffset { get; init; }

    public required long DataBytes { get; init; }

    public void ReadData(long offset, Span<byte> destination)
    {
        var found = Source.Read(DataOffset + offset, destination);
        if (found < destination.Length) throw FitsErrors.ShortRead(Place, DataOffset + offset, found, destination.Length);
    }

    public FitsChecksumStatus VerifyChecksum() => HduChecksum.Verify(this);

    public void EnsureIntact()
    {
        var (end, available) = (DataOffset + FitsBlock.RoundUp(DataBytes), Source.AvailableUpTo(DataOffset + FitsBlock.RoundUp(DataBytes)));
        if (available < end) throw FitsErrors.TruncatedData(Place, available - DataOffset, end - DataOffset);
        foreach (var keyword in new[] { "DATASUM", "CHECKSUM" })
            if (Header.Find(keyword)?.Value is not string { Length: > 0 })
                throw FitsErrors.MissingKeyword(Place, keyword, "the checksum that TsMapSurvey writes into each HDU");
        if (VerifyChecksum() is var status and not FitsChecksumStatus.Valid) throw FitsErrors.BadChecksum(Place, status);
    }

    /// <summary>The length of an array to allocate. Throws if it exceeds the limits.</summary>
    public int ArrayLength(string what, long count, int elementBytes)
    {
        if (count > Limits.MaxArrayBytes / elementBytes)
            throw FitsErrors.TooLarge(Place, what, $"{(UInt128)count * (ulong)elementBytes} bytes decoded", Limits.MaxArrayBytes,
                nameof(FitsLimits.MaxArrayBytes));
        if (count > Array.MaxLength) throw FitsErrors.TooManyElements(Place, what, count);
        return (int)count;
    }
}
