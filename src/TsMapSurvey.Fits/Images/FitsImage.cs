namespace TsMapSurvey.Fits;

/// <summary>
/// An n-dimensional array; the first axis runs fastest. Values are physical: BZERO + BSCALE x stored. Integers equal to BLANK are NaN.
/// </summary>
public sealed class FitsImage : FitsHdu
{
    private readonly Lazy<ElementData> _elements;
    private readonly Lazy<FitsScaling> _scaling;

    internal FitsImage(HduUnit unit, HduLayout layout)
        : this(unit, layout, unit.Header, new ContiguousBytes(unit))
    {
    }

    /// <param name="header">The header of the image; differs from the unit's header if the image is compressed.</param>
    /// <param name="bytes">Big-endian elements of type BITPIX.</param>
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

    /// <summary>Axis lengths, NAXIS1 first; empty if the HDU has no data.</summary>
    public int[] Axes { get; }

    /// <summary>Number of elements; 0 without data.</summary>
    public long Count { get; }

    /// <summary>BSCALE, BZERO and BLANK; the identity if they are absent.</summary>
    /// <exception cref="FitsException">One of them is not a number. Only reading values needs them.</exception>
    public FitsScaling Scaling => _scaling.Value;

    private ElementData Elements => _elements.Value;

    /// <summary>Reads the whole image.</summary>
    /// <exception cref="FitsException">The array exceeds the limits, or the file was truncated after it was opened.</exception>
    public double[] ReadDoubles() => ReadDoubles(length => GC.AllocateUninitializedArray<double>(length));

    /// <param name="array">Returns an array of the given length; its content is overwritten.</param>
    /// <inheritdoc cref="ReadDoubles()"/>
    public double[] ReadDoubles(Func<int, double[]> array)
    {
        var values = array(Unit.ArrayLength("image", Count, sizeof(double)));
        Elements.ReadDoubles(0, values);
        return values;
    }

    /// <summary>Reads consecutive elements starting at a 0-based index. Reads only their bytes.</summary>
    /// <exception cref="FitsException">The elements are not all inside the image.</exception>
    public void ReadDoubles(long firstElement, Span<double> destination) => Elements.ReadDoubles(firstElement, destination);

    /// <inheritdoc cref="ReadDoubles()"/>
    /// <remarks>Values are scaled in double, then rounded. Values outside the range of a float become infinite.</remarks>
    public float[] ReadSingles()
    {
        var values = GC.AllocateUninitializedArray<float>(Unit.ArrayLength("image", Count, sizeof(float)));
        Elements.ReadSingles(0, values);
        return values;
    }

    /// <inheritdoc cref="ReadDoubles(long, Span{double})"/>
    public void ReadSingles(long firstElement, Span<float> destination) => Elements.ReadSingles(firstElement, destination);

    /// <summary>Reads the whole image as exact integers. Every stored type is accepted if all values are integral.</summary>
    /// <param name="blank">Replaces BLANK and NaN; if null, they throw.</param>
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
