using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

public sealed partial class FitsWriter
{
    /// <summary>
    /// Writes an image of physical values. The first HDU is the primary HDU if it has no name; every other image is an extension.
    /// </summary>
    /// <param name="extName">EXTNAME; null takes it from <paramref name="extra"/>, if it is there.</param>
    /// <param name="axes">
    /// Lengths, NAXIS1 (the fastest) first. Their product must be the length of <paramref name="data"/>. Empty for an HDU without data.
    /// </param>
    /// <param name="extra">Further cards.</param>
    /// <param name="storeAs">
    /// Stored type. Singles are rounded, to infinity if out of range. Integers without scaling need integral values.
    /// </param>
    /// <param name="scaling">How to store integers: stored = round((value - Zero) / Scale). NaN needs a Blank.</param>
    /// <exception cref="FitsException">The shape, a text or a value cannot be written. Nothing of this HDU has been written.</exception>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<double> data, FitsHeader? extra = null,
        FitsElementType storeAs = FitsElementType.Double, FitsScaling? scaling = null)
    {
        if (storeAs == FitsElementType.Double && scaling is null)
        {
            Stored(extName, axes, data, FitsElementType.Double, extra);
            return;
        }

        if (!Enum.IsDefined(storeAs) || storeAs == FitsElementType.None) throw Refused("element type", storeAs, "one of the six of BITPIX");
        if (scaling is { } given && (given.Scale == 0 || !double.IsFinite(given.Scale) || !double.IsFinite(given.Zero)))
            throw Refused("scaling", given, "a finite, non-zero Scale and a finite Zero");
        if (scaling?.Blank is not null && storeAs < 0) throw Refused("BLANK", scaling.Value.Blank, "no BLANK for floating-point elements");
        var header = ImageHeader(extName, axes, storeAs, data.Length, scaling ?? FitsScaling.None);
        Emit(header, extra, keepBlank: false, new PhysicalImage(data, storeAs, scaling ?? FitsScaling.None, Place));
    }

    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{double}, FitsHeader?, FitsElementType, FitsScaling?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<float> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Single, extra);

    /// <summary>Writes an image of stored integers. A BLANK in <paramref name="extra"/> is kept.</summary>
    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{double}, FitsHeader?, FitsElementType, FitsScaling?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<long> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Int64, extra);

    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{long}, FitsHeader?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<int> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Int32, extra);

    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{long}, FitsHeader?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<short> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Int16, extra);

    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{long}, FitsHeader?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<byte> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Byte, extra);

    /// <summary>Writes a mask as bytes 0 and 1.</summary>
    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{long}, FitsHeader?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<bool> data, FitsHeader? extra = null) =>
        Stored(extName, axes, MemoryMarshal.Cast<bool, byte>(data), FitsElementType.Byte, extra);

    /// <summary>
    /// Writes integers of a type that FITS lacks by the convention of the standard: the top bit is inverted and BZERO is half the range.
    /// </summary>
    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{long}, FitsHeader?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<sbyte> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Byte, extra, -128);

    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{sbyte}, FitsHeader?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<ushort> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Int16, extra, 1L << 15);

    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{sbyte}, FitsHeader?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<uint> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Int32, extra, 1L << 31);

    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{sbyte}, FitsHeader?)"/>
    public void WriteImage(string? extName, int[] axes, ReadOnlySpan<ulong> data, FitsHeader? extra = null) =>
        Stored(extName, axes, data, FitsElementType.Int64, extra, FitsScaling.TwoTo63);

    private void Stored<T>(string? extName, int[] axes, ReadOnlySpan<T> data, FitsElementType type, FitsHeader? extra, double zero = 0)
        where T : unmanaged
    {
        var header = ImageHeader(extName, axes, type, data.Length, new FitsScaling(1, zero));
        Emit(header, extra, keepBlank: type > 0, new StoredImage<T>(data, zero != 0));
    }

    private FitsHeader ImageHeader(string? extName, int[] axes, FitsElementType type, int? length, FitsScaling scaling)
    {
        if (axes.Length > 999 || axes.Any(axis => axis < 0))
            throw Refused("axes", string.Join(" x ", axes), "at most 999 non-negative lengths");
        var product = axes.Length == 0
            ? 0 : axes.Aggregate((UInt128)1, (product, axis) => UInt128.Min(product, uint.MaxValue) * (uint)axis);
        if (length is not null && product != (uint)length)
            throw Refused("data", $"{length} elements", $"{string.Join(" x ", axes)} = {product}, the product of the axes");

        var header = BeginHdu(extName is null, "IMAGE").Set("BITPIX", (int)type).Set("NAXIS", axes.Length);
        for (var i = 0; i < axes.Length; i++) header.Set($"NAXIS{i + 1}", axes[i]);
        if (header.Contains("SIMPLE")) header.Set("EXTEND", true);
        else header.Set("PCOUNT", 0).Set("GCOUNT", 1);
        if (extName is not null) header.Set("EXTNAME", extName);
        if (!scaling.IsIdentity) SetReal(SetReal(header, "BSCALE", scaling.Scale), "BZERO", scaling.Zero);
        return scaling.Blank is { } blank ? header.Set("BLANK", blank) : header;
    }

    /// <summary>Returns a primary header for the first HDU if allowed, else an extension header, after an empty primary HDU.</summary>
    private FitsHeader BeginHdu(bool mayBePrimary, string extension)
    {
        if (_hdus == 0 && mayBePrimary) return new FitsHeader().Set("SIMPLE", true, "conforms to the FITS standard");
        if (_hdus == 0) WriteEmptyPrimary();
        return new FitsHeader().Set("XTENSION", extension);
    }

    /// <summary>Writes integral values as integers where they fit into 64 bits, which is exact and shorter.</summary>
    private static FitsHeader SetReal(FitsHeader header, string key, double value) =>
        value == Math.Truncate(value) && Math.Abs(value) < FitsScaling.TwoTo63 ? header.Set(key, (long)value) : header.Set(key, value);
}
