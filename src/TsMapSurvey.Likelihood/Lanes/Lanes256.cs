using System.Runtime.Intrinsics;

namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>Four pixels in a register of 256 bits.</summary>
public readonly struct Lanes256(Vector256<double> value) : ILanes<Lanes256>
{
    private const long MantissaBits = 0x000F_FFFF_FFFF_FFFF;

    private readonly Vector256<double> _value = value;

    public static int Count => Vector256<double>.Count;

    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a._value + b._value);

    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a._value - b._value);

    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a._value * b._value);

    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => new(a._value / b._value);

    public static Lanes256 Of(double value) => new(Vector256.Create(value));

    public static Lanes256 Load(ref double from, int index) => new(Vector256.LoadUnsafe(ref from, (nuint)index));

    public static void Store(Lanes256 value, ref double to, int index) => value._value.StoreUnsafe(ref to, (nuint)index);

    public static Lanes256 MultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new(Vector256.MultiplyAddEstimate(a._value, b._value, c._value));

    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new(Vector256.MaxNative(a._value, b._value));

    public static Lanes256 Min(Lanes256 a, Lanes256 b) => new(Vector256.MinNative(a._value, b._value));

    public static Lanes256 Abs(Lanes256 a) => new(Vector256.Abs(a._value));

    public static Lanes256 Sqrt(Lanes256 a) => new(Vector256.Sqrt(a._value));

    public static Lanes256 Less(Lanes256 a, Lanes256 b) => new(Vector256.LessThan(a._value, b._value));

    public static Lanes256 LessOrEqual(Lanes256 a, Lanes256 b) => new(Vector256.LessThanOrEqual(a._value, b._value));

    public static Lanes256 And(Lanes256 a, Lanes256 b) => new(a._value & b._value);

    public static Lanes256 Or(Lanes256 a, Lanes256 b) => new(a._value | b._value);

    public static Lanes256 AndNot(Lanes256 a, Lanes256 b) => new(Vector256.AndNot(a._value, b._value));

    public static Lanes256 Select(Lanes256 mask, Lanes256 yes, Lanes256 no) =>
        new(Vector256.ConditionalSelect(mask._value, yes._value, no._value));

    public static bool Any(Lanes256 mask) => mask._value.AsInt64() != Vector256<long>.Zero;

    public static Lanes256 Exponent(Lanes256 value) =>
        new(Vector256.ConvertToDouble(Vector256.ShiftRightLogical(value._value.AsInt64(), 52) - Vector256.Create(1023L)));

    public static Lanes256 Mantissa(Lanes256 value) =>
        new(((value._value.AsInt64() & Vector256.Create(MantissaBits)) | Vector256<double>.One.AsInt64()).AsDouble());
}
