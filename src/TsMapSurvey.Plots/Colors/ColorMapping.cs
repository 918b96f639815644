namespace TsMapSurvey.Plots;

// u is the value's place in the range: (v - min) / (max - min), or |v| / max(|min|, |max|) of a diverging map; the place in the
// colormap is f(u), or (1 + sign(v) f(u)) / 2. A diverging map's range may cut off part of its colours, never shift its 0.
internal readonly struct ColorMapping
{
    private const double LogContrast = 1000;

    private readonly double _perExtent;
    private readonly double _contrast;
    private readonly double _norm;
    private readonly Colormap _colormap;
    private readonly Stretch _stretch;
    private readonly uint _nan;

    internal ColorMapping(ColorScale scale, double min, double max)
    {
        (Min, Max, _colormap, _stretch, IsDiverging, _nan) = (min, max, scale.Colormap, scale.Stretch, scale.Colormap.IsDiverging, scale.Nan.Packed);
        var extent = IsDiverging ? Math.Max(Math.Abs(min), Math.Abs(max)) : max - min;
        _contrast = _stretch == Stretch.Log ? LogContrast : extent / (scale.Softening ?? extent / 10);
        _perExtent = 1 / extent;
        _norm = _stretch switch { Stretch.Log => 1 / Math.Log(1 + _contrast), Stretch.Asinh => 1 / Asinh(_contrast), _ => 1 };
    }

    internal double Min { get; }

    internal double Max { get; }

    internal bool IsDiverging { get; }

    /// <summary>Whether equal steps of the value are equal steps of colour.</summary>
    internal bool IsLinear => _stretch == Stretch.Linear;

    /// <summary>The place in the colormap, 0 to 1; NaN for NaN.</summary>
    internal double Place(double value)
    {
        value = Math.Clamp(value, Min, Max);
        return IsDiverging ? 0.5 + 0.5 * Math.CopySign(Stretched(Math.Abs(value) * _perExtent), value) : Stretched((value - Min) * _perExtent);
    }

    internal uint Color(double value) => double.IsNaN(value) ? _nan : _colormap.Packed(Place(value));

    internal Rgba AtPlace(double place) => _colormap[place];

    // For u >= 0: no cancellation in the sum.
    private static double Asinh(double u) => Math.Log(u + Math.Sqrt(u * u + 1));

    private double Stretched(double u) => _stretch switch
    {
        Stretch.Sqrt => Math.Sqrt(u),
        Stretch.Log => Math.Log(1 + _contrast * u) * _norm,
        Stretch.Asinh => Asinh(_contrast * u) * _norm,
        _ => u,
    };
}
