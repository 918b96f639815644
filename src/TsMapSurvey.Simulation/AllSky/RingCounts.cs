using TsMapSurvey.Maps;

namespace TsMapSurvey.Simulation.AllSky;

/// <summary>
/// The expected counts of a point source, and of the background, in rings around it, with all reconstructed energies summed. The background
/// and the PSF of a pointing are those at the source's offset. Pointings that do not have the source in the safe part of their field are
/// left out.
/// </summary>
internal static class RingCounts
{
    private const int Rings = 150;
    private const int TrueEnergies = 60;
    private const double EnergyReach = 6;
    private const double SquareCmPerSquareM = 1e4;
    private const double SrPerSquareDegree = Math.PI / 180 * (Math.PI / 180);

    public static AsimovSignificance Significance(
        Instrument instrument, MapAxis energy, SimulatedSource source, IEnumerable<Pointing> pointings)
    {
        var (minTeV, maxTeV) = (energy.Edges[0], energy.Edges[^1]);
        var ringDeg = instrument.WidestPsfDeg / Rings;
        var (signal, background) = (new double[Rings], new double[Rings]);
        var trueEnergies = MapAxis.EnergyBins("energy_true", minTeV / EnergyReach, maxTeV * EnergyReach, TrueEnergies);
        foreach (var pointing in pointings)
        {
            var offset = source.Position.SeparationDeg(pointing.Position);
            if (!(offset < instrument.MaxOffsetDeg)) continue;
            var perDeg2 = instrument.BackgroundPerSSr(minTeV, maxTeV, offset) * SrPerSquareDegree * pointing.OnTimeS;
            for (var i = 0; i < Rings; i++) background[i] += perDeg2 * Area(i, ringDeg);
            for (var j = 0; j < TrueEnergies; j++)
            {
                var centre = trueEnergies.Centers[j];
                var recorded = instrument.BelowRatio(maxTeV / centre) - instrument.BelowRatio(minTeV / centre);
                var counts = source.Spectrum.Integral(trueEnergies.Edges[j], trueEnergies.Edges[j + 1]) * SquareCmPerSquareM
                    * instrument.EffectiveAreaM2(centre, offset) * pointing.LiveTimeS * recorded;
                var spread = instrument.Psf(centre, offset);
                for (var i = 0; i < Rings; i++) signal[i] += counts * spread.DensityPerDeg2((i + 0.5) * ringDeg) * Area(i, ringDeg);
            }
        }

        return new AsimovSignificance(signal, background);
    }

    private static double Area(int ring, double ringDeg) => Math.PI * ringDeg * ringDeg * (2 * ring + 1);
}
