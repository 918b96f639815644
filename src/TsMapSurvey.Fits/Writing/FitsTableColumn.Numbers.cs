using System.Numerics;

namespace TsMapSurvey.Fits;

public sealed partial record FitsTableColumn
{
    public static FitsTableColumn Doubles(string name, double[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Double, data, unit, repeat, dims);

    public static FitsTableColumn Singles(string name, float[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Single, data, unit, repeat, dims);

    public static FitsTableColumn Integers(string name, long[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Int64, data, unit, repeat, dims);

    public static FitsTableColumn Int32s(string name, int[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Int32, data, unit, repeat, dims);

    public static FitsTableColumn Int16s(string name, short[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Int16, data, unit, repeat, dims);

    public static FitsTableColumn Bytes(string name, byte[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Byte, data, unit, repeat, dims);

    /// <summary>Stored as B with TZERO = -128.</summary>
    public static FitsTableColumn SBytes(string name, sbyte[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Byte, Array.ConvertAll(data, value => (byte)(value ^ 0x80)), unit, repeat, dims, -128);

    /// <summary>Stored as I with TZERO = 2^15.</summary>
    public static FitsTableColumn UInt16s(string name, ushort[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Int16, Array.ConvertAll(data, value => (short)(value ^ 0x8000)), unit, repeat, dims, 1L << 15);

    /// <summary>Stored as J with TZERO = 2^31.</summary>
    public static FitsTableColumn UInt32s(string name, uint[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Int32, Array.ConvertAll(data, value => (int)(value ^ 0x80000000)), unit, repeat, dims, 1L << 31);

    /// <summary>Stored as K with TZERO = 2^63.</summary>
    public static FitsTableColumn UInt64s(string name, ulong[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Int64, Array.ConvertAll(data, value => (long)(value ^ (1UL << 63))), unit, repeat, dims,
            FitsScaling.TwoTo63);

    /// <summary>C: both parts are rounded to 32-bit floats.</summary>
    public static FitsTableColumn ComplexSingles(string name, Complex[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.ComplexSingle, SinglePairs(data), unit, repeat, dims, unitsPerElement: 2);

    /// <summary>M.</summary>
    public static FitsTableColumn ComplexDoubles(string name, Complex[] data, string? unit = null, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.ComplexDouble, DoublePairs(data), unit, repeat, dims, unitsPerElement: 2);

    /// <summary>One array for each row.</summary>
    public static FitsTableColumn VariableDoubles(string name, double[][] rows, string? unit = null) =>
        Variable(name, FitsColumnType.Double, rows, unit);

    public static FitsTableColumn VariableSingles(string name, float[][] rows, string? unit = null) =>
        Variable(name, FitsColumnType.Single, rows, unit);

    public static FitsTableColumn VariableIntegers(string name, long[][] rows, string? unit = null) =>
        Variable(name, FitsColumnType.Int64, rows, unit);

    public static FitsTableColumn VariableInt32s(string name, int[][] rows, string? unit = null) =>
        Variable(name, FitsColumnType.Int32, rows, unit);

    public static FitsTableColumn VariableInt16s(string name, short[][] rows, string? unit = null) =>
        Variable(name, FitsColumnType.Int16, rows, unit);

    public static FitsTableColumn VariableBytes(string name, byte[][] rows, string? unit = null) =>
        Variable(name, FitsColumnType.Byte, rows, unit);

    public static FitsTableColumn VariableComplexDoubles(string name, Complex[][] rows, string? unit = null) =>
        Variable(name, FitsColumnType.ComplexDouble, Array.ConvertAll(rows, DoublePairs), unit, unitsPerElement: 2);

    private static float[] SinglePairs(Complex[] data) =>
        [.. data.SelectMany(value => new[] { (float)value.Real, (float)value.Imaginary })];

    private static double[] DoublePairs(Complex[] data) => [.. data.SelectMany(value => new[] { value.Real, value.Imaginary })];
}
