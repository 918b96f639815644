using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Benchmarks.Roofline;

/// <summary>Lanes that count what is done with them. Comparisons, selections and moves are not counted; for one thread.</summary>
internal readonly struct Counted<T>(T value) : ILanes<Counted<T>>
    where T : struct, ILanes<T>
{
    private readonly T _value = value;

    /// <summary>Multiplications, additions, and both at once.</summary>
    public static long MultiplyAdds { get; private set; }

    /// <summary>Divisions and square roots.</summary>
    public static long Divisions { get; private set; }

    /// <summary>Splits of a number into mantissa and exponent, of which a logarithm has one.</summary>
    public static long Splits { get; private set; }

    public static int Count => T.Count;

    public static Counted<T> operator +(Counted<T> a, Counted<T> b) => Arithmetic(a._value + b._value);

    public static Counted<T> operator -(Counted<T> a, Counted<T> b) => Arithmetic(a._value - b._value);

    public static Counted<T> operator *(Counted<T> a, Counted<T> b) => Arithmetic(a._value * b._value);

    public static Counted<T> operator /(Counted<T> a, Counted<T> b) => Division(a._value / b._value);

    public static void Forget() => MultiplyAdds = Divisions = Splits = 0;

    public static Counted<T> Of(double value) => new(T.Of(value));

    public static Counted<T> Load(ref double from, int index) => new(T.Load(ref from, index));

    public static void Store(Counted<T> value, ref double to, int index) => T.Store(value._value, ref to, index);

    public static Counted<T> MultiplyAdd(Counted<T> a, Counted<T> b, Counted<T> c) =>
        Arithmetic(T.MultiplyAdd(a._value, b._value, c._value));

    public static Counted<T> Max(Counted<T> a, Counted<T> b) => new(T.Max(a._value, b._value));

    public static Counted<T> Min(Counted<T> a, Counted<T> b) => new(T.Min(a._value, b._value));

    public static Counted<T> Abs(Counted<T> a) => new(T.Abs(a._value));

    public static Counted<T> Sqrt(Counted<T> a) => Division(T.Sqrt(a._value));

    public static Counted<T> Less(Counted<T> a, Counted<T> b) => new(T.Less(a._value, b._value));

    public static Counted<T> LessOrEqual(Counted<T> a, Counted<T> b) => new(T.LessOrEqual(a._value, b._value));

    public static Counted<T> And(Counted<T> a, Counted<T> b) => new(T.And(a._value, b._value));

    public static Counted<T> Or(Counted<T> a, Counted<T> b) => new(T.Or(a._value, b._value));

    public static Counted<T> AndNot(Counted<T> a, Counted<T> b) => new(T.AndNot(a._value, b._value));

    public static Counted<T> Select(Counted<T> mask, Counted<T> yes, Counted<T> no) => new(T.Select(mask._value, yes._value, no._value));

    public static bool Any(Counted<T> mask) => T.Any(mask._value);

    public static Counted<T> Exponent(Counted<T> value)
    {
        Splits++;
        return new Counted<T>(T.Exponent(value._value));
    }

    public static Counted<T> Mantissa(Counted<T> value) => new(T.Mantissa(value._value));

    private static Counted<T> Arithmetic(T value)
    {
        MultiplyAdds++;
        return new Counted<T>(value);
    }

    private static Counted<T> Division(T value)
    {
        Divisions++;
        return new Counted<T>(value);
    }
}
