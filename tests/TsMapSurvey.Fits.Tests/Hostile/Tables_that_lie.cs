using System.Buffers.Binary;
using static TsMapSurvey.Fits.Tests.CardBlocks;

namespace TsMapSurvey.Fits.Tests;

public sealed class Tables_that_lie
{
    [Theory]
    [InlineData("1Z")]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("99999999999999999999D")]
    [InlineData("-1D")]
    [InlineData("2PD(3)")]
    [InlineData("1P")]
    [InlineData("1PZ(4)")]
    public void A_malformed_format_is_refused(string form)
    {
        var error = Refusal(Table([form], 2880, 8, 2, 0));
        Assert.Equal(FitsError.BadColumn, error.Error);
        Assert.Contains($"card TFORM1: found '{form}'", error.Message);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(0)]
    public void Columns_that_do_not_fill_the_row_are_refused(int rowBytes) =>
        Assert.Equal(FitsError.BadColumn, Refusal(Table(["1D"], 2880, rowBytes, 2, 0)).Error);

    [Fact]
    public void Counts_out_of_range_are_refused()
    {
        Assert.Equal(FitsError.BadKeyword, Refusal(Table(["1D"], 2880, 8, 2, -1)).Error);
        Assert.Equal(FitsError.BadKeyword, Refusal(Table(["1D"], 2880, 8, -2, 0)).Error);
        Assert.Equal(FitsError.Truncated, Refusal(Table(["1D"], 2880, 8, 2, 1_000_000)).Error);
        Assert.Equal(FitsError.BadKeyword, Refusal(Table(["1D"], 2880, 8, 2, 100, Card("THEAP", 15))).Error);
        Assert.Equal(FitsError.BadKeyword, Refusal(Table(["1D"], 2880, 8, 2, 100, Card("THEAP", 117))).Error);
        Assert.Equal(FitsError.BadKeyword, Refusal(Table(["0A"], 2880, 0, 1_000_000_000_000L, 0)).Error);
    }

    [Theory]
    [InlineData("'(3,3)'")]
    [InlineData("'(65536,65536,65536,65536,65536)'")]
    [InlineData("'3,2'")]
    public void Dimensions_that_do_not_fit_are_refused_when_they_are_read(string dimensions)
    {
        using var fits = Open(Table(["6D"], 2880, 48, 2, 0, $"TDIM1   = {dimensions}"));
        var column = ((FitsTable)fits.Hdus[1]).Columns[0];
        Assert.Equal(12, column.ReadDoubles().Length);
        Assert.Equal(FitsError.BadColumn, Assert.Throws<FitsException>(() => column.Dimensions).Error);
    }

    [Fact]
    public void A_malformed_scale_is_refused_when_the_column_is_read_and_no_other()
    {
        using var fits = Open(Table(["1D", "1D"], 2880, 16, 2, 0, "TSCAL1  = 'two'", "TZERO1  = 1", "TTYPE1  = 'BAD'"));
        var columns = ((FitsTable)fits.Hdus[1]).Columns;
        Assert.Equal([0.0, 0.0], columns[1].ReadDoubles());
        Assert.Contains("card TSCAL1: found 'two', expected a number",
            Assert.Throws<FitsException>(() => columns[0].ReadDoubles()).Message);
    }

    [Fact]
    public void More_columns_than_999_are_refused()
    {
        var bytes = Table([.. Enumerable.Repeat("1B", 1000)], 2880, 1000, 1, 0);
        Assert.Contains("TFIELDS: found 1000", Refusal(bytes).Message);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, -8)]
    [InlineData(3, 96)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(14, 0)]
    public void A_descriptor_outside_the_heap_is_refused_with_its_row(int elements, int offset)
    {
        var error = VariableError(Descriptors(100, (2, 0), (elements, offset)));
        Assert.Equal(FitsError.BadDescriptor, error.Error);
        Assert.Contains($"column 1, row 1: found {elements} elements at byte {offset}", error.Message);
    }

    [Fact]
    public void An_empty_array_may_point_anywhere()
    {
        using var fits = Open(Descriptors(8, (0, 12345), (1, 0)));
        Assert.Equal([0, 1], ((FitsTable)fits.Hdus[1]).Columns[0].ReadVariable().Select(row => row.Length));
    }

    [Fact]
    public void Many_rows_that_share_a_large_array_are_refused_before_memory_is_allocated()
    {
        var bytes = Descriptors(80_000, [.. Enumerable.Repeat((10_000, 0), 5000)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(FitsError.BadDescriptor, VariableError(bytes).Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * bytes.Length);
    }

    [Fact]
    public void Asking_for_the_wrong_type_names_the_column()
    {
        using var fits = Open(Table(["4A", "1D", "1PD"], 2880, 20, 2, 0, "TTYPE1  = 'TEXT'"));
        var columns = ((FitsTable)fits.Hdus[1]).Columns;
        var error = Assert.Throws<FitsException>(() => columns[0].ReadDoubles());
        Assert.Equal("hostile.fits, HDU 1: column 1 'TEXT': found Character, expected a numeric column", error.Message);
        Assert.All<Action>([() => columns[1].ReadStrings(), () =>
            columns[1].ReadBooleans(), () => columns[1].ReadComplex(), () => columns[1].ReadVariable(), () => columns[2].ReadDoubles(),
            () => columns[0].ReadIntegers(), () => columns[2].ReadVariableComplex(), () => columns[2].ReadStrings()],
            read => Assert.Equal(FitsError.WrongType, Assert.Throws<FitsException>(read).Error));
    }

    private static FitsException VariableError(byte[] bytes)
    {
        using var fits = Open(bytes);
        var error = Assert.Throws<FitsException>(() => ((FitsTable)fits.Hdus[1]).Columns[0].ReadVariable());
        Assert.Contains("heap", error.Message);
        return error;
    }

    private static byte[] Descriptors(int heapBytes, params (int Elements, int Offset)[] rows)
    {
        var main = rows.Length * 8;
        var bytes = Table(["1PD"], (main + heapBytes + 2879) / 2880 * 2880, 8, rows.Length, heapBytes);
        for (var i = 0; i < rows.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan((2 * 2880) + (8 * i)), rows[i].Elements);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan((2 * 2880) + (8 * i) + 4), rows[i].Offset);
        }

        return bytes;
    }
}
