namespace TsMapSurvey.Fits.Tests;

public sealed class Header_values
{
    [Fact]
    public void Every_card_is_read_back_unchanged()
    {
        var torn = $"{new string('x', 66)}{new string('\'', 3)}{new string('y', 66)}'";
        var original = SampleFile.Header().Set("QUOTES", new string('\'', 150)).Set("TORN", torn).Set("UNDEFVAL", (string?)null, "no value")
            .Append(new FitsCard("PAIR", new System.Numerics.Complex(1.5, -2), null));
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true)) writer.WriteEmptyPrimary(original);
        stream.Position = 0;
        using var fits = FitsFile.Open(stream, "headers.fits");
        var header = fits.Hdus[0].Header;
        foreach (var card in original.Where(card => !card.IsCommentary && card.Keyword is not ("NAXIS1" or "CHECKSUM")))
        {
            var found = header.Find(card.Keyword);
            Assert.True(found is not null, card.Keyword);
            Assert.Equal(card.Value, found.Value.Value);
            Assert.StartsWith(found.Value.Comment ?? "", card.Comment ?? "", StringComparison.Ordinal);
        }

        Assert.False(header.Contains("NAXIS1"));
        Assert.Equal(0, header.GetInteger("NAXIS"));
        Assert.Equal("a comment of the caller, "
            + new string('x', 100), string.Concat(header.Where(card => card.Keyword == "COMMENT").Select(card => card.Value)));
    }

    [Fact]
    public void Doubles_of_any_size_survive_bit_for_bit()
    {
        var random = new Random(99);
        var header = new FitsHeader();
        var values = Enumerable.Range(0, 2000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))
            .Where(double.IsFinite).ToArray();
        for (var i = 0; i < values.Length; i++) header.Set($"V{i}", values[i]);
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true)) writer.WriteEmptyPrimary(header);
        stream.Position = 0;
        using var fits = FitsFile.Open(stream, "doubles.fits");
        for (var i = 0; i < values.Length; i++) Assert.Equal(values[i], fits.Hdus[0].Header.GetDouble($"V{i}"));
    }

    [Fact]
    public void Keys_are_case_insensitive_and_set_replaces_in_place()
    {
        var header = new FitsHeader().Set("first", 1, "kept").Set("SECOND", "two").Set("First", 3);
        Assert.Equal(["FIRST", "SECOND"], header.Select(card => card.Keyword));
        Assert.Equal(new FitsCard("FIRST", 3L, "kept"), header[0]);
        Assert.True(header.Remove("first"));
        Assert.False(header.Contains("FIRST"));
        Assert.Equal("two", header.GetString("second"));
        Assert.Equal("two", header.Set("HIERARCH second", "two").GetString("hierarch Second"));
        Assert.Equal(1, header.Count);
    }

    [Fact]
    public void Getters_convert_what_converts_and_refuse_the_rest()
    {
        var header = new FitsHeader().Set("INT", 5).Set("REAL", 5.5).Set("WHOLE", 51910.0).Set("TEXT", "5").Set("YES", true);
        Assert.Equal(5.0, header.GetDouble("INT"));
        Assert.Equal(51910, header.GetInteger("WHOLE"));
        Assert.Equal(["5", "5.5", "5", "T"], new[] { "INT", "REAL", "TEXT", "YES" }.Select(header.GetString));
        Assert.Null(header.GetDouble("ABSENT"));
        Assert.All<Action>([() =>
            header.GetInteger("REAL"), () => header.GetDouble("TEXT"), () => header.GetBoolean("INT"), () => header.GetInteger("YES")],
            get => Assert.Equal(FitsError.BadKeyword, Assert.Throws<FitsException>(get).Error));
    }

    [Fact]
    public void The_first_card_of_a_repeated_keyword_is_used()
    {
        using var fits = CardBlocks.Open(CardBlocks.Header(CardBlocks.Simple, "BITPIX  = 8", "NAXIS   = 0", "TWICE   = 1", "TWICE   = 2"));
        Assert.Equal(1, fits.Hdus[0].Header.GetInteger("TWICE"));
    }

    [Theory]
    [InlineData("KEY", "a\nb")]
    [InlineData("KEY", "caf\u00E9")]
    [InlineData("BAD=KEY", "text")]
    [InlineData("KEY\u00C4", "text")]
    public void Values_that_a_header_cannot_hold_are_refused(string key, string text)
    {
        using var writer = new FitsWriter(new MemoryStream());
        Assert.Equal(
            FitsError.NotWritable, Assert.Throws<FitsException>(() => writer.WriteEmptyPrimary(new FitsHeader().Set(key, text))).Error);
    }

    [Fact]
    public void Nan_in_a_header_is_refused()
    {
        using var writer = new FitsWriter(new MemoryStream());
        Assert.Equal(FitsError.NotWritable,
            Assert.Throws<FitsException>(() => writer.WriteEmptyPrimary(new FitsHeader().Set("KEY", double.NaN))).Error);
    }
}
