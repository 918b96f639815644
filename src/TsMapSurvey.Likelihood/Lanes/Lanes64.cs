namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>One pixel: the reference for the vector types, and the fallback if none is accelerated.</summary>
public readonly struct Lanes64(double value) : ILanes<Lanes64>
{
    private const long MantissaBits = 0x000F_FFFF_FFFF_FFFF;

    private readonly double _value = value;

    public static int Count => 1;

    private static double True => BitConverter.Int64BitsToDouble(-1);

    private long Bits => BitConverter.DoubleToInt64Bits(_value);

    public static Lanes64 operator +(Lanes64 a, Lanes64 b) => new(a._value + b._value);

    public static Lanes64 operator -(Lanes64 a, Lanes64 b) => new(a._value - b._value);

    public static Lanes64 operator *(Lanes64 a, Lanes64 b) => new(a._value * b._value);

    public static Lanes64 operator /(Lanes64 a, Lanes64 b) => new(a._value / b._value);

    public static Lanes64 Of(double value) => new(value);

    public static Lanes64 Load(ref double from, int index) => new(System.Runtime.CompilerServices.Unsafe.Add(ref from, index));

    public static void Store(Lanes64 value, ref double to, int index) =>
        System.Runtime.CompilerServices.Unsafe.Add(ref to, index) = value._value;

    public static Lanes64 MultiplyAdd(Lanes64 a, Lanes64 b, Lanes64 c) => new(double.MultiplyAddEstimate(a._value, b._value, c._value));

    public static Lanes64 Max(Lanes64 a, Lanes64 b) => new(a._value > b._value ? a._value : b._value);

    public static Lanes64 Min(Lanes64 a, Lanes64 b) => new(a._value < b._value ? a._value : b._value);

    public static Lanes64 Abs(Lanes64 a) => new(Math.Abs(a._value));

    public static Lanes64 Sqrt(Lanes64 a) => new(Math.Sqrt(a._value));

    public static Lanes64 Less(Lanes64 a, Lanes64 b) => new(a._value < b._value ? True : 0);

    public static Lanes64 LessOrEqual(Lanes64 a, Lanes64 b) => new(a._value <= b._value ? True : 0);

    public static Lanes64 And(Lanes64 a, Lanes64 b) => FromBits(a.Bits & b.Bits);

    public static Lanes64 Or(Lanes64 a, Lanes64 b) => FromBits(a.Bits | b.Bits);

    public static Lanes64 AndNot(Lanes64 a, Lanes64 b) => FromBits(a.Bits & ~b.Bits);

    public static Lanes64 Select(Lanes64 mask, Lanes64 yes, Lanes64 no) => mask.Bits != 0 ? yes : no;

    public static bool Any(Lanes64 mask) => mask.Bits != 0;

    public static Lanes64 Exponent(Lanes64 value) => new((value.Bits >>> 52) - 1023);

    public static Lanes64 Mantissa(Lanes64 value) => FromBits((value.Bits & MantissaBits) | BitConverter.DoubleToInt64Bits(1));

    private static Lanes64 FromBits(long bits) => new(BitConverter.Int64BitsToDouble(bits));
}
