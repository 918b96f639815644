using System.Runtime.Intrinsics;

namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>Two pixels in a register of 128 bits.</summary>
public readonly struct Lanes128(Vector128<double> value) : ILanes<Lanes128>
{
    private const long MantissaBits = 0x000F_FFFF_FFFF_FFFF;

    private readonly Vector128<double> _value = value;

    public static int Count => Vector128<double>.Count;

    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a._value + b._value);

    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a._value - b._value);

    public static Lanes128 operator *(Lanes128 a, Lanes128 b) => new(a._value * b._value);

    public static Lanes128 operator /(Lanes128 a, Lanes128 b) => new(a._value / b._value);

    public static Lanes128 Of(double value) => new(Vector128.Create(value));

    public static Lanes128 Load(ref double from, int index) => new(Vector128.LoadUnsafe(ref from, (nuint)index));

    public static void Store(Lanes128 value, ref double to, int index) => value._value.StoreUnsafe(ref to, (nuint)index);

    public static Lanes128 MultiplyAdd(Lanes128 a, Lanes128 b, Lanes128 c) =>
        new(Vector128.MultiplyAddEstimate(a._value, b._value, c._value));

    public static Lanes128 Max(Lanes128 a, Lanes128 b) => new(Vector128.MaxNative(a._value, b._value));

    public static Lanes128 Min(Lanes128 a, Lanes128 b) => new(Vector128.MinNative(a._value, b._value));

    public static Lanes128 Abs(Lanes128 a) => new(Vector128.Abs(a._value));

    public static Lanes128 Sqrt(Lanes128 a) => new(Vector128.Sqrt(a._value));

    public static Lanes128 Less(Lanes128 a, Lanes128 b) => new(Vector128.LessThan(a._value, b._value));

    public static Lanes128 LessOrEqual(Lanes128 a, Lanes128 b) => new(Vector128.LessThanOrEqual(a._value, b._value));

    public static Lanes128 And(Lanes128 a, Lanes128 b) => new(a._value & b._value);

    public static Lanes128 Or(Lanes128 a, Lanes128 b) => new(a._value | b._value);

    public static Lanes128 AndNot(Lanes128 a, Lanes128 b) => new(Vector128.AndNot(a._value, b._value));

    public static Lanes128 Select(Lanes128 mask, Lanes128 yes, Lanes128 no) =>
        new(Vector128.ConditionalSelect(mask._value, yes._value, no._value));

    public static bool Any(Lanes128 mask) => mask._value.AsInt64() != Vector128<long>.Zero;

    public static Lanes128 Exponent(Lanes128 value) =>
        new(Vector128.ConvertToDouble(Vector128.ShiftRightLogical(value._value.AsInt64(), 52) - Vector128.Create(1023L)));

    public static Lanes128 Mantissa(Lanes128 value) =>
        new(((value._value.AsInt64() & Vector128.Create(MantissaBits)) | Vector128<double>.One.AsInt64()).AsDouble());
}
