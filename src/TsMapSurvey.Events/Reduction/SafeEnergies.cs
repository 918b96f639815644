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
        var migra = observation.EnergyMigration.Migra.Axis;
        var cells = new double[migra.BinCount * energyTrue.BinCount];
        observation.EnergyMigration.AtEnergies(energyTrue)(0, cells);
        var (biases, sums) = (new double[energyTrue.BinCount], new double[migra.BinCount + 1]);
        for (var j = 0; j < biases.Length; j++)
        {
            for (var m = 0; m < migra.BinCount; m++)
                sums[m + 1] = sums[m] + cells[j * migra.BinCount + m] * (migra.Edges[m + 1] - migra.Edges[m]);
            double total = 0, mean = 0;
            for (var k = 0; k < energy.BinCount; k++)
            {
                var share = MigrationMap.Cumulative(migra, sums, energy.Edges[k + 1] / energyTrue.Centers[j])
                    - MigrationMap.Cumulative(migra, sums, energy.Edges[k] / energyTrue.Centers[j]);
                (total, mean) = (total + share, mean + share * energy.Centers[k]);
            }

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
