namespace TsMapSurvey.Plots;

// u is the value's place in the range: (v - min) / (max - min), or |v| / max(|min|, |max|) for a diverging colormap. The place in the
// colormap is f(u), or (1 + sign(v) f(u)) / 2. The range of a diverging colormap may exclude some of its colours but never shifts its 0.
internal sealed class ColorMapping
{
    private const double LogContrast = 1000;

    private readonly double _perExtent;
    private readonly double _contrast;
    private readonly double _norm;
    private readonly Colormap _colormap;
    private readonly Stretch _stretch;
    private readonly StretchSteps _steps;
    private readonly uint _nan;

    internal ColorMapping(ColorScale scale, double min, double max)
    {
        (Min, Max, _colormap, _stretch, IsDiverging, _nan) =
            (min, max, scale.Colormap, scale.Stretch, scale.Colormap.IsDiverging, scale.Nan.Packed);
        var extent = IsDiverging ? Math.Max(Math.Abs(min), Math.Abs(max)) : max - min;
        _perExtent = 1 / extent;
        _contrast = _stretch == Stretch.Log ? LogContrast : extent / (scale.Softening ?? extent / 10);
        _norm = _stretch switch { Stretch.Log => Math.Log(1 + _contrast), Stretch.Asinh => Math.Asinh(_contrast), _ => 1 };
        _steps = new StretchSteps(Unstretched, IsDiverging ? Colormap.Middle : Colormap.Last);
    }

    internal double Min { get; }

    internal double Max { get; }

    internal bool IsDiverging { get; }

    internal bool IsLinear => _stretch == Stretch.Linear;

    /// <summary>The place of a value in the colormap, from 0 to 1; NaN for NaN. <see cref="Color"/> is the colour at this place.</summary>
    internal double Place(double value)
    {
        value = Math.Clamp(value, Min, Max);
        return IsDiverging
            ? 0.5 + 0.5 * Math.CopySign(Stretched(Math.Abs(value) * _perExtent), value) : Stretched((value - Min) * _perExtent);
    }

    internal uint Color(double value)
    {
        if (double.IsNaN(value)) return _nan;
        value = Math.Min(Math.Max(value, Min), Max);
        if (!IsDiverging) return _colormap.Packed(_steps.Of((value - Min) * _perExtent));
        var step = _steps.Of(Math.Abs(value) * _perExtent);
        return _colormap.Packed(value < 0 ? Colormap.Middle - step : Colormap.Middle + step);
    }

    internal Rgba AtPlace(double place) => _colormap[place];

    private double Stretched(double u) => _stretch switch
    {
        Stretch.Sqrt => Math.Sqrt(u),
        Stretch.Log => Math.Log(1 + _contrast * u) / _norm,
        Stretch.Asinh => Math.Asinh(_contrast * u) / _norm,
        Stretch.Power => u * u,
        _ => u,
    };

    private double Unstretched(double f) => _stretch switch
    {
        Stretch.Sqrt => f * f,
        Stretch.Log => (Math.Exp(f * _norm) - 1) / _contrast,
        Stretch.Asinh => Math.Sinh(f * _norm) / _contrast,
        Stretch.Power => Math.Sqrt(f),
        _ => f,
    };
}
