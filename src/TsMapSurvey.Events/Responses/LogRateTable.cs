namespace TsMapSurvey.Events.Responses;

/// <summary>Logarithms of rates at chosen energies: interpolation of logarithms is linear, so the energy can be interpolated once for all
/// positions.</summary>
internal static class LogRateTable
{
    /// <param name="rates">The energy runs slowest.</param>
    /// <returns>The energy runs fastest; NaN outside the energy range and next to cells that are NaN.</returns>
    public static double[] Of(ResponseAxis energy, double[] rates, int cells, IReadOnlyList<double> energiesTeV, double floor)
    {
        var logs = new double[checked(cells * energiesTeV.Count)];
        for (var k = 0; k < energiesTeV.Count; k++)
        {
            var inside = energy.Contains(energiesTeV[k]);
            var weight = energy.At(energiesTeV[k]);
            for (var cell = 0; cell < cells; cell++)
                logs[cell * energiesTeV.Count + k] = inside ? weight.Between(Log(weight.Lower, cell), Log(weight.Upper, cell)) : double.NaN;
        }

        return logs;
        double Log(int k, int cell) => Math.Log(Math.Max(floor, rates[k * cells + cell]));
    }
}
