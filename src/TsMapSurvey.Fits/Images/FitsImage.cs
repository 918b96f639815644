namespace TsMapSurvey.Fits;

/// <summary>
/// An n-dimensional array, the first axis running fastest. Values are physical: BZERO + BSCALE x stored, BLANK integers as NaN.
/// </summary>
public sealed class FitsImage : FitsHdu
{
    private readonly ElementData _elements;

    internal FitsImage(HduUnit unit, HduLayout layout)
        : base(unit)
    {
        ElementType = layout.ElementType;
        for (var i = 0; i < layout.Axes.Length; i++) unit.Header.Require($"NAXIS{i + 1}", 0, int.MaxValue);
        Axes = Array.ConvertAll(layout.Axes, axis => (int)axis);
        Count = Axes.Length == 0 ? 0 : Axes.Aggregate(1L, (product, axis) => product * axis);
        Scaling = FitsScaling.Read(unit.Header, "BSCALE", "BZERO", "BLANK");
        _elements = new ElementData(new ContiguousBytes(unit), ElementType, Scaling, Count, "image", unit.Place);
    }

    public FitsElementType ElementType { get; }

    /// <summary>NAXIS1 first; empty where the HDU has no data.</summary>
    public int[] Axes { get; }

    /// <summary>Number of elements; 0 without data.</summary>
    public long Count { get; }

    /// <summary>BSCALE, BZERO and BLANK; the identity where absent.</summary>
    public FitsScaling Scaling { get; }

    /// <summary>The whole image.</summary>
    /// <exception cref="FitsException">The array is beyond the limits, or the file has become shorter.</exception>
    public double[] ReadDoubles() => ReadDoubles(length => GC.AllocateUninitializedArray<double>(length));

    /// <param name="array">Gives an array of the length that it is asked for, with anything in it.</param>
    /// <inheritdoc cref="ReadDoubles()"/>
    public double[] ReadDoubles(Func<int, double[]> array)
    {
        var values = array(Unit.ArrayLength("image", Count, sizeof(double)));
        _elements.ReadDoubles(0, values);
        return values;
    }

    /// <summary>A run of elements from a 0-based one; reads only their bytes.</summary>
    /// <exception cref="FitsException">The run leaves the image.</exception>
    public void ReadDoubles(long firstElement, Span<double> destination) => _elements.ReadDoubles(firstElement, destination);

    /// <inheritdoc cref="ReadDoubles()"/>
    /// <remarks>Scaled in double, then rounded; doubles beyond the range of a float become infinite.</remarks>
    public float[] ReadSingles()
    {
        var values = GC.AllocateUninitializedArray<float>(Unit.ArrayLength("image", Count, sizeof(float)));
        _elements.ReadSingles(0, values);
        return values;
    }

    /// <inheritdoc cref="ReadDoubles(long, Span{double})"/>
    public void ReadSingles(long firstElement, Span<float> destination) => _elements.ReadSingles(firstElement, destination);

    /// <summary>The whole image as exact integers, whatever its stored type, as long as every value is one.</summary>
    /// <param name="blank">Stands for BLANK and NaN; without it they fail.</param>
    /// <exception cref="FitsException">A value is not a 64-bit integer.</exception>
    public long[] ReadIntegers(long? blank = null)
    {
        var values = GC.AllocateUninitializedArray<long>(Unit.ArrayLength("image", Count, sizeof(long)));
        _elements.ReadIntegers(0, values, blank);
        return values;
    }

    /// <inheritdoc cref="ReadIntegers(long?)"/>
    public void ReadIntegers(long firstElement, Span<long> destination, long? blank = null) =>
        _elements.ReadIntegers(firstElement, destination, blank);
}
