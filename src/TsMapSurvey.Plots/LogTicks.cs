using System.Globalization;
using ScottPlot.TickGenerators;

namespace TsMapSurvey.Plots;

/// <summary>
/// Ticks of a logarithmic axis whose coordinate is log10, with labels at powers of ten, and also at 2 and 5 times these on short axes.
/// </summary>
internal static class LogTicks
{
    private const double FewDecades = 2.2;

    internal static NumericManual Between(double low, double high)
    {
        var ticks = new NumericManual();
        int[] labelled = high - low > FewDecades ? [1] : [1, 2, 5];
        for (var decade = (int)Math.Floor(low); decade <= Math.Ceiling(high); decade++)
            for (var digit = 1; digit < 10; digit++)
            {
                var place = decade + Math.Log10(digit);
                if (place < low || place > high) continue;
                if (labelled.Contains(digit)) ticks.AddMajor(place, Label(digit, decade));
                else ticks.AddMinor(place);
            }

        return ticks;
    }

    private static string Label(int digit, int decade) => decade is >= -2 and <= 3
        ? (digit * Math.Pow(10, decade)).ToString("0.##", CultureInfo.InvariantCulture)
        : (digit == 1 ? "" : $"{digit}·") + $"10{UnitText.Superscript(decade)}";
}
