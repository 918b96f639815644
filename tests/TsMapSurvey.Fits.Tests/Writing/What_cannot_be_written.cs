namespace TsMapSurvey.Fits.Tests;

public sealed class What_cannot_be_written
{
    [Fact]
    public void Shapes_and_values_that_do_not_fit_are_refused_with_reason()
    {
        AssertRefused(
            FitsError.NotWritable, "found '3 elements', expected 2 x 2 = 4", writer => writer.WriteImage("A", [2, 2], [1.0, 2, 3]));
        AssertRefused(FitsError.NotWritable, "axes", writer => writer.WriteImage("A", [-1], [1.0]));
        AssertRefused(FitsError.ValueOutOfRange, "element 1: found 1.5", writer =>
            writer.WriteImage("A", [2], [1.0, 1.5], null, FitsElementType.Int32));
        AssertRefused(FitsError.ValueOutOfRange, "element 1: found 256", writer =>
            writer.WriteImage("A", [2], [255.0, 256], null, FitsElementType.Byte));
        AssertRefused(FitsError.ValueOutOfRange, "element 0: found 9.2", writer =>
            writer.WriteImage("A", [1], [9223372036854775808.0], null, FitsElementType.Int64));
        AssertRefused(FitsError.ValueOutOfRange, "element 0: found NaN, expected a number, because no BLANK is given", writer =>
            writer.WriteImage("A", [1], [double.NaN], null, FitsElementType.Int16));
        AssertRefused(FitsError.ValueOutOfRange, "a value that is not stored as BLANK", writer =>
            writer.WriteImage("A", [1], [7.0], null, FitsElementType.Int16, new FitsScaling(1, 0, 7)));
        AssertRefused(FitsError.NotWritable, "scaling", writer =>
            writer.WriteImage("A", [1], [7.0], null, FitsElementType.Int16, new FitsScaling(0, 0)));
        AssertRefused(FitsError.NotWritable, "BLANK", writer =>
            writer.WriteImage("A", [1], [7.0], null, FitsElementType.Single, new FitsScaling(1, 0, 7)));
        AssertRefused(FitsError.NotWritable, "primary HDU", writer => writer.WriteEmptyPrimary());
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused_with_reason()
    {
        AssertRefused(FitsError.NotWritable, "column 'B': found '2 rows', expected 1", writer =>
            writer.WriteTable("T", [FitsTableColumn.Doubles("A", [1]), FitsTableColumn.Doubles("B", [1, 2])]));
        AssertRefused(FitsError.NotWritable, "column 'a'", writer =>
            writer.WriteTable("T", [FitsTableColumn.Doubles("A", [1]), FitsTableColumn.Doubles("a", [1])]));
        AssertRefused(FitsError.NotWritable, "multiple of the repeat count 2", _ => FitsTableColumn.Doubles("A", [1, 2, 3], repeat: 2));
        AssertRefused(FitsError.NotWritable, "a product of 4", _ => FitsTableColumn.Doubles("A", [1, 2, 3, 4], repeat: 4, dims: [2, 3]));
        AssertRefused(FitsError.NotWritable, "printable ASCII", _ => FitsTableColumn.Strings("A", ["caf\u00E9"]));
        AssertRefused(FitsError.NotWritable, "at most 2 characters", _ => FitsTableColumn.Strings("A", ["abc"], width: 2));
        AssertRefused(
            FitsError.NotWritable, "no TNULL, which is for integers only",
            _ => (FitsTableColumn.Doubles("A", [1]) with { Null = 1 }).ToString());
        AssertRefused(FitsError.NotWritable, "a name", _ => FitsTableColumn.Doubles("", [1]));
    }

    private static void AssertRefused(FitsError kind, string message, Action<FitsWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new FitsWriter(stream, leaveOpen: true);
        writer.WriteEmptyPrimary();
        var length = stream.Length;
        var error = Assert.Throws<FitsException>(() => write(writer));
        Assert.Equal(kind, error.Error);
        Assert.Contains(message, error.Message);
        Assert.Equal(length, stream.Length);
    }
}
