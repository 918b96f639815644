namespace TsMapSurvey.Events.Reduction;

/// <summary>Functions given by points, which power laws connect (gammapy's TemplateSpectralModel).</summary>
internal static class LogLog
{
    /// <summary>Stands for values that are not positive.</summary>
    private const double Tiny = 2.2250738585072014e-308;

    /// <summary>Where the function first takes a value, from one point upwards; null if it does not.</summary>
    public static double? FirstCrossing(IReadOnlyList<double> at, IReadOnlyList<double> values, double value, int from)
    {
        var wanted = Math.Log(Math.Max(Tiny, value));
        for (var i = from; i + 1 < at.Count; i++)
        {
            var (low, high) = (Math.Log(Math.Max(Tiny, values[i])) - wanted, Math.Log(Math.Max(Tiny, values[i + 1])) - wanted);
            if (low == 0) return at[i];
            if (low < 0 == high < 0 && high != 0) continue;
            return Math.Exp(Math.Log(at[i]) + Math.Log(at[i + 1] / at[i]) * low / (low - high));
        }

        return null;
    }
}
