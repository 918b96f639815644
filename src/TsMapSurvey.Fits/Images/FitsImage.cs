namespace TsMapSurvey.Fits;

/// <summary>
/// An n-dimensional array, the first axis running fastest. Values are physical: BZERO + BSCALE x stored, BLANK integers as NaN.
/// </summary>
public sealed class FitsImage : FitsHdu
{
    private readonly Lazy<ElementData> _elements;
    private readonly Lazy<FitsScaling> _scaling;

    internal FitsImage(HduUnit unit, HduLayout layout)
        : this(unit, layout, unit.Header, new ContiguousBytes(unit))
    {
    }

    /// <param name="header">Of the image, whatever holds it.</param>
    /// <param name="bytes">Its elements as BITPIX has them.</param>
    internal FitsImage(HduUnit unit, HduLayout layout, FitsHeader header, ElementBytes bytes)
        : base(unit, header)
    {
        ElementType = layout.ElementType;
        for (var i = 0; i < layout.Axes.Length; i++) header.Require($"NAXIS{i + 1}", 0, int.MaxValue);
        Axes = Array.ConvertAll(layout.Axes, axis => (int)axis);
        Count = Axes.Length == 0 ? 0 : Axes.Aggregate(1L, (product, axis) => product * axis);
        _scaling = new Lazy<FitsScaling>(() => FitsScaling.Read(header, "BSCALE", "BZERO", "BLANK"));
        _elements = new Lazy<ElementData>(() => new ElementData(bytes, ElementType, Scaling, Count, "image", unit.Place));
    }

    public FitsElementType ElementType { get; }

    /// <summary>NAXIS1 first; empty where the HDU has no data.</summary>
    public int[] Axes { get; }

    /// <summary>Number of elements; 0 without data.</summary>
    public long Count { get; }

    /// <summary>BSCALE, BZERO and BLANK; the identity where absent.</summary>
    /// <exception cref="FitsException">One of them is no number, which only matters to those who read values.</exception>
    public FitsScaling Scaling => _scaling.Value;

    private ElementData Elements => _elements.Value;

    /// <summary>The whole image.</summary>
    /// <exception cref="FitsException">The array is beyond the limits, or the file has become shorter.</exception>
    public double[] ReadDoubles() => ReadDoubles(length => GC.AllocateUninitializedArray<double>(length));

    /// <param name="array">Gives an array of the length that it is asked for, with anything in it.</param>
    /// <inheritdoc cref="ReadDoubles()"/>
    public double[] ReadDoubles(Func<int, double[]> array)
    {
        var values = array(Unit.ArrayLength("image", Count, sizeof(double)));
        Elements.ReadDoubles(0, values);
        return values;
    }

    /// <summary>A run of elements from a 0-based one; reads only their bytes.</summary>
    /// <exception cref="FitsException">The run leaves the image.</exception>
    public void ReadDoubles(long firstElement, Span<double> destination) => Elements.ReadDoubles(firstElement, destination);

    /// <inheritdoc cref="ReadDoubles()"/>
    /// <remarks>Scaled in double, then rounded; doubles beyond the range of a float become infinite.</remarks>
    public float[] ReadSingles()
    {
        var values = GC.AllocateUninitializedArray<float>(Unit.ArrayLength("image", Count, sizeof(float)));
        Elements.ReadSingles(0, values);
        return values;
    }

    /// <inheritdoc cref="ReadDoubles(long, Span{double})"/>
    public void ReadSingles(long firstElement, Span<float> destination) => Elements.ReadSingles(firstElement, destination);

    /// <summary>The whole image as exact integers, whatever its stored type, as long as every value is one.</summary>
    /// <param name="blank">Stands for BLANK and NaN; without it they fail.</param>
    /// <exception cref="FitsException">A value is not a 64-bit integer.</exception>
    public long[] ReadIntegers(long? blank = null)
    {
        var values = GC.AllocateUninitializedArray<long>(Unit.ArrayLength("image", Count, sizeof(long)));
        Elements.ReadIntegers(0, values, blank);
        return values;
    }

    /// <inheritdoc cref="ReadIntegers(long?)"/>
    public void ReadIntegers(long firstElement, Span<long> destination, long? blank = null) =>
        Elements.ReadIntegers(firstElement, destination, blank);
}
