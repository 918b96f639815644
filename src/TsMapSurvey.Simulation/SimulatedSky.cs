using System.Globalization;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

internal static class SimulatedSky
{
    /// <summary>Distance between sources; it is reduced down to the minimum if there is not enough space.</summary>
    private const double SeparationDeg = 1.2;

    private const double MinSeparationDeg = 0.3;
    private const double MarginDeg = 0.6;
    private const int TriesPerSeparation = 400;
    private const int GaussianEvery = 5;
    private const double MinSigmaDeg = 0.05, MaxSigmaDeg = 0.2;
    private const double MeanIndex = 2.2, IndexSpread = 0.15;

    /// <summary>Range of the significances at the reference depth, which are log-uniform.</summary>
    private const double MinSqrtTs = 8, MaxSqrtTs = 40;

    /// <summary>
    /// The reference depth is the usual number of observations of a position, with the default length and at this offset.
    /// </summary>
    private const double ReferenceOffsetDeg = 1;

    public static SimulatedSource[] Create(Survey survey, SimulatedField field, SimulationOptions options)
    {
        var random = Seeds.Stream(options.Seed, Seeds.Sky);
        var positions = Positions(field, options.Sources, random);
        return [.. positions.Select((position, i) => Source(survey, position, i, random))];
    }

    private static List<SkyPosition> Positions(SimulatedField field, int wanted, Random random)
    {
        var positions = new List<SkyPosition>();
        var (separation, tries) = (SeparationDeg, 0);
        while (positions.Count < wanted)
        {
            if (++tries > TriesPerSeparation)
            {
                (separation, tries) = (separation * 0.9, 0);
                if (separation < MinSeparationDeg) throw SimulationErrors.NoRoom(positions.Count, wanted);
            }

            if (field.At(random.NextDouble(), random.NextDouble(), MarginDeg) is not { } position) continue;
            if (positions.TrueForAll(other => other.SeparationDeg(position) >= separation)) positions.Add(position.To(SkyFrame.Galactic));
        }

        return positions;
    }

    private static SimulatedSource Source(Survey survey, SkyPosition position, int index, Random random)
    {
        var sigma = MinSigmaDeg + (MaxSigmaDeg - MinSigmaDeg) * random.NextDouble();
        var spectrum = new PowerLaw(MeanIndex + IndexSpread * (2 * random.NextDouble() - 1));
        var target = MinSqrtTs * Math.Pow(MaxSqrtTs / MinSqrtTs, random.NextDouble());
        var name = string.Create(CultureInfo.InvariantCulture, $"SIM G{position.LonDeg:000.00}{position.LatDeg:+00.00;-00.00}");
        var source = new SimulatedSource(name, position, index % GaussianEvery == GaussianEvery - 1 ? sigma : 0, spectrum);
        var onTimeS = SimulatedField.Depth * new SimulationOptions().OnTimeS;
        var reference = new Pointing(position.DirectionalOffset(0, ReferenceOffsetDeg), 0, onTimeS);
        var factor = new Detectability(survey, source, [reference]).Significance.FactorFor(target);
        return source with { Spectrum = spectrum with { Amplitude = spectrum.Amplitude * factor } };
    }
}
