namespace TsMapSurvey.Events.Responses;

// As gammapy's IRF.interp_missing_data with values_scale="log" (irf/core.py): a cell that is zero or not finite is interpolated between the
// nearest valid cells at lower and higher energy, linear in the bin number and in the logarithm of the rate. Cells before the first and
// after the last valid one stay as they are.
internal static class BackgroundGaps
{
    /// <summary>Fills the gaps in place.</summary>
    /// <param name="rates">The energy runs slowest: index = energy * <paramref name="cells"/> + cell.</param>
    public static double[] Fill(double[] rates, int energies, int cells)
    {
        for (var cell = 0; cell < cells; cell++)
        {
            var before = -1;
            for (var k = 0; k < energies; k++)
            {
                if (!IsRate(rates[k * cells + cell])) continue;
                if (before >= 0 && k > before + 1)
                {
                    var (low, high) = (Math.Log(rates[before * cells + cell]), Math.Log(rates[k * cells + cell]));
                    for (var gap = before + 1; gap < k; gap++)
                        rates[gap * cells + cell] = Math.Exp(low + (high - low) * (gap - before) / (k - before));
                }

                before = k;
            }
        }

        return rates;
    }

    private static bool IsRate(double value) => value > 0 && double.IsFinite(value);
}
