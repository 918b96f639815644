using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reduction;

// The energy methods of gammapy's SafeMaskMaker (makers/safe.py, irfs="DL4"), at the pointing: the field that the observation as a whole is
// judged on is centred there.
internal static class SafeEnergies
{
    /// <summary>Effective area in percent: the lowest energy at which the area, linear between its points in log-log space, reaches the
    /// share.</summary>
    public static double AeffMax(EventObservation observation, MapAxis energyTrue, double percent)
    {
        var areas = new double[energyTrue.BinCount];
        observation.EffectiveArea.AtEnergies(energyTrue)(0, areas);
        var first = Array.FindIndex(areas, area => area > 0);
        if (first < 0) throw EventsErrors.NoSafeRange(observation.Place, "aeff-max", "no effective area at the pointing");
        return LogLog.FirstCrossing(energyTrue.Centers, areas, percent / 100 * areas.Max(), first) ?? energyTrue.Centers[first];
    }

    /// <summary>Energies from where the mean reconstructed energy is less than the limit above the true one; the answer is a reconstructed
    /// energy.</summary>
    public static double EdispBias(EventObservation observation, MapAxis energy, MapAxis energyTrue, double percent)
    {
        var sums = new MigrationSums(observation.EnergyMigration, energy, energyTrue);
        sums.MoveTo(0);
        var (biases, edges) = (new double[energyTrue.BinCount], new double[energy.BinCount + 1]);
        for (var j = 0; j < biases.Length; j++)
        {
            sums.Of(j, edges);
            var mean = Enumerable.Range(0, energy.BinCount).Sum(k => (edges[k + 1] - edges[k]) * energy.Centers[k]);
            var total = edges[^1] - edges[0];
            biases[j] = ((total > 0 ? mean / total : 0) - energyTrue.Centers[j]) / energyTrue.Centers[j];
        }

        var limit = percent / 100;
        var peak = Array.IndexOf(biases, biases.Max());
        return (LogLog.FirstCrossing(energyTrue.Centers, biases, limit, peak) ?? energyTrue.Centers[peak]) * (1 + limit);
    }

    /// <summary>The lower edge of the bin with the most expected background in the whole field.</summary>
    public static double BkgPeak(Map<double> background)
    {
        var edges = background.Geometry.Axis("energy").Edges;
        var (best, most) = (0, double.NegativeInfinity);
        for (var k = 0; k < edges.Length - 1; k++)
        {
            var sum = 0.0;
            foreach (var value in background.Plane(k)) sum += double.IsFinite(value) ? value : 0;
            if (sum > most) (best, most) = (k, sum);
        }

        return edges[best];
    }
}
