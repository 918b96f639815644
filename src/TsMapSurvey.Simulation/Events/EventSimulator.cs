using MathNet.Numerics.Distributions;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.Events;

/// <summary>
/// Draws the events of observations. A source's events have the rate F(E) A(E, θ) during the live time, with A at the source's offset θ;
/// their energies are smeared by the energy dispersion and their directions by the PSF at the true energy and the source's offset.
/// Background events have the rate B(E, θ) during the whole time on target. These are the assumptions of an analysis with the files'
/// responses.
/// </summary>
public sealed class EventSimulator(Instrument instrument, IReadOnlyList<SimulatedSource> sources)
{
    private const double SquareCmPerSquareM = 1e4;

    /// <summary>True energies beyond the recorded ones by this factor are not scattered into the recorded range.</summary>
    private const double EnergyReach = 6;

    private const int EnergySteps = 400;
    private const int OffsetSteps = 2000;

    private readonly CumulativeTable _backgroundOffsets = CumulativeTable.Of(0, instrument.FieldDeg, OffsetSteps, offset =>
        instrument.BackgroundPerSSr(instrument.MinTeV, instrument.MaxTeV, offset) * Math.Sin(double.DegreesToRadians(offset)));

    /// <summary>The events of an observation in the order of time.</summary>
    public IReadOnlyList<SimulatedEvent> Draw(Pointing pointing, Random random)
    {
        var events = new List<SimulatedEvent>();
        var centre = pointing.Position.To(SkyFrame.Icrs);
        foreach (var source in sources) AddSource(events, source, centre, pointing, random);
        AddBackground(events, centre, pointing, random);
        events.Sort((one, other) => one.TimeS.CompareTo(other.TimeS));
        return events;
    }

    /// <summary>The expected number of recorded events of the background.</summary>
    public double ExpectedBackground(Pointing pointing) =>
        _backgroundOffsets.Total * 2 * Math.PI * double.DegreesToRadians(1) * pointing.OnTimeS;

    private void AddSource(List<SimulatedEvent> events, SimulatedSource source, SkyPosition centre, Pointing pointing, Random random)
    {
        var offset = source.Position.SeparationDeg(centre);
        if (offset > instrument.FieldDeg + instrument.WidestPsfDeg + 4 * source.SigmaDeg) return;
        var detected = CumulativeTable.Of(
            Math.Log(instrument.MinTeV / EnergyReach), Math.Log(instrument.MaxTeV * EnergyReach), EnergySteps, log =>
            source.Spectrum.Differential(Math.Exp(log)) * instrument.EffectiveAreaM2(Math.Exp(log), offset) * Math.Exp(log));
        var position = source.Position.To(SkyFrame.Icrs);
        var count = Sample(random, detected.Total * SquareCmPerSquareM * pointing.LiveTimeS);
        for (var i = 0; i < count; i++)
        {
            var trueTeV = Math.Exp(detected.Find(random.NextDouble()));
            var energyTeV = trueTeV * Math.Exp(instrument.LogEnergyResolution * Normal.Sample(random, 0, 1));
            var spread = instrument.Psf(trueTeV, offset) with { SourceSigmaDeg = source.SigmaDeg };
            var direction = position.DirectionalOffset(360 * random.NextDouble(), spread.DrawDeg(random));
            var timeS = pointing.StartS + pointing.OnTimeS * random.NextDouble();
            if (energyTeV < instrument.MinTeV || energyTeV > instrument.MaxTeV || direction.SeparationDeg(centre) > instrument.FieldDeg)
                continue;
            events.Add(new SimulatedEvent(timeS, direction.LonDeg, direction.LatDeg, energyTeV));
        }
    }

    private void AddBackground(List<SimulatedEvent> events, SkyPosition centre, Pointing pointing, Random random)
    {
        var count = Sample(random, ExpectedBackground(pointing));
        var p = 1 - instrument.BackgroundIndex;
        var (lowest, highest) = (Math.Pow(instrument.MinTeV, p), Math.Pow(instrument.MaxTeV, p));
        for (var i = 0; i < count; i++)
        {
            var direction = centre.DirectionalOffset(360 * random.NextDouble(), _backgroundOffsets.Find(random.NextDouble()));
            var energyTeV = Math.Pow(lowest + (highest - lowest) * random.NextDouble(), 1 / p);
            var timeS = pointing.StartS + pointing.OnTimeS * random.NextDouble();
            events.Add(new SimulatedEvent(timeS, direction.LonDeg, direction.LatDeg, energyTeV));
        }
    }

    private static int Sample(Random random, double mean) => mean > 0 ? Poisson.Sample(random, mean) : 0;
}
