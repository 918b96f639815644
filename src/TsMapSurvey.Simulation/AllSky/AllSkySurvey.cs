using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.AllSky;

/// <summary>
/// A simulated year of a wide-field instrument that observes the whole sphere, as events. All sources have the spectrum of the survey's first
/// map, so that its fluxes can be compared with the truth. The same options give the same events, bit for bit.
/// </summary>
public sealed class AllSkySurvey
{
    private readonly string _name;
    private readonly MapAxis _energy;
    private readonly PowerLaw _spectrum;
    private readonly SimulationOptions _options;

    /// <param name="name">Name of the survey in truth.json.</param>
    /// <param name="energy">Axis of reconstructed energy, over which fluxes are integrated.</param>
    /// <param name="spectrum">The spectrum of the survey's first map, which is that of norm 1.</param>
    /// <exception cref="SimulationException">An option is out of range, or there is not enough space for the sources.</exception>
    public AllSkySurvey(string name, MapAxis energy, PowerLaw spectrum, SimulationOptions options)
    {
        options.Check();
        (_name, _energy, _spectrum, _options) = (name, energy, spectrum, options);
        Pointing[] pointings = YearOfNights.Of(options);
        Sources = SphereOfSources.Create(Instrument.WideField, energy, spectrum, pointings, options);
        Events = new EventSurvey(Instrument.WideField, Sources, pointings, options.Seed);
    }

    /// <summary>A year of nights with one observation of six hours each.</summary>
    public static SimulationOptions DefaultOptions { get; } = new(365, 40, 1, 21600);

    public IReadOnlyList<SimulatedSource> Sources { get; }

    public EventSurvey Events { get; }

    public TruthFile Truth()
    {
        var (min, max) = (_energy.Edges[0], _energy.Edges[^1]);
        return new TruthFile(_name, _options.Seed, _options.Observations, min, max, [.. Sources.Select(source =>
        {
            var (flux, equatorial) = (source.Spectrum.Integral(min, max), source.Position.To(SkyFrame.Icrs));
            return new SourceTruth(
                source.Name, source.Position.LonDeg, source.Position.LatDeg, equatorial.LonDeg, equatorial.LatDeg, flux,
                flux / _spectrum.Integral(min, max), source.Spectrum.Index, source.SigmaDeg,
                RingCounts.Significance(Instrument.WideField, _energy, source, Events.Pointings).SqrtTs());
        })]);
    }
}
