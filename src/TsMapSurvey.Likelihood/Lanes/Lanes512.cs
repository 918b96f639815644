using System.Runtime.Intrinsics;

namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>Eight pixels in a register of 512 bits.</summary>
public readonly struct Lanes512(Vector512<double> value) : ILanes<Lanes512>
{
    private const long MantissaBits = 0x000F_FFFF_FFFF_FFFF;

    private readonly Vector512<double> _value = value;

    public static int Count => Vector512<double>.Count;

    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a._value + b._value);

    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a._value - b._value);

    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a._value * b._value);

    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a._value / b._value);

    public static Lanes512 Of(double value) => new(Vector512.Create(value));

    public static Lanes512 Load(ref double from, int index) => new(Vector512.LoadUnsafe(ref from, (nuint)index));

    public static void Store(Lanes512 value, ref double to, int index) => value._value.StoreUnsafe(ref to, (nuint)index);

    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) =>
        new(Vector512.MultiplyAddEstimate(a._value, b._value, c._value));

    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.MaxNative(a._value, b._value));

    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Vector512.MinNative(a._value, b._value));

    public static Lanes512 Abs(Lanes512 a) => new(Vector512.Abs(a._value));

    public static Lanes512 Sqrt(Lanes512 a) => new(Vector512.Sqrt(a._value));

    public static Lanes512 Less(Lanes512 a, Lanes512 b) => new(Vector512.LessThan(a._value, b._value));

    public static Lanes512 LessOrEqual(Lanes512 a, Lanes512 b) => new(Vector512.LessThanOrEqual(a._value, b._value));

    public static Lanes512 And(Lanes512 a, Lanes512 b) => new(a._value & b._value);

    public static Lanes512 Or(Lanes512 a, Lanes512 b) => new(a._value | b._value);

    public static Lanes512 AndNot(Lanes512 a, Lanes512 b) => new(Vector512.AndNot(a._value, b._value));

    public static Lanes512 Select(Lanes512 mask, Lanes512 yes, Lanes512 no) =>
        new(Vector512.ConditionalSelect(mask._value, yes._value, no._value));

    public static bool Any(Lanes512 mask) => mask._value.AsInt64() != Vector512<long>.Zero;

    public static Lanes512 Exponent(Lanes512 value) =>
        new(Vector512.ConvertToDouble(Vector512.ShiftRightLogical(value._value.AsInt64(), 52) - Vector512.Create(1023L)));

    public static Lanes512 Mantissa(Lanes512 value) =>
        new(((value._value.AsInt64() & Vector512.Create(MantissaBits)) | Vector512<double>.One.AsInt64()).AsDouble());
}
