using TsMapSurvey.Models;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation.AllSky;

/// <summary>
/// A simulated year of a wide-field instrument that observes the whole sphere, as events. All sources have the spectrum of the survey's
/// first map, so that its fluxes can be compared with the truth. The same survey and options give the same events, bit for bit.
/// </summary>
public sealed class AllSkySurvey
{
    private readonly PowerLaw _spectrum;

    /// <exception cref="SimulationException">An option is out of range, there is not enough space for the sources, or the first map has
    /// another spectrum than a power law.</exception>
    public AllSkySurvey(Survey survey, SimulationOptions options)
    {
        options.Check();
        var first = survey.Maps.First();
        _spectrum = first.Value.Model.Spectral as PowerLaw ?? throw SimulationErrors.NoPowerLaw(first.Key);
        (Survey, Options) = (survey, options);
        Pointing[] pointings = YearOfNights.Of(options);
        Sources = SphereOfSources.Create(Instrument.WideField, survey.Energy, _spectrum, pointings, options);
        Events = new EventSurvey(Instrument.WideField, Sources, pointings, options.Seed);
    }

    /// <summary>A year of nights with one observation of six hours each.</summary>
    public static SimulationOptions DefaultOptions { get; } = new(365, 40, 1, 21600);

    public Survey Survey { get; }

    public SimulationOptions Options { get; }

    public IReadOnlyList<SimulatedSource> Sources { get; }

    public EventSurvey Events { get; }

    /// <summary>
    /// The whole sky in 768 tiles with pixels of 0.2 degrees, which sample the instrument's PSF well. The background in the files is exact
    /// and need not be scaled.
    /// </summary>
    public static SurveyDefinition DefaultDefinition(string name = "all-sky") => SurveyDefinition.Parse(
        """
        {
          "name": "all-sky",
          "tiling": { "kind": "healpix", "order": 3, "pixelSizeDeg": 0.2 },
          "energyAxis": { "minTeV": 1, "maxTeV": 30, "bins": 3 },
          "trueEnergyAxis": { "minTeV": 0.5, "maxTeV": 50, "bins": 12 },
          "maps": { "point": { "index": 2.3, "kernelWidthDeg": 4 } }
        }
        """) with
    { Name = name, Events = EventsOf(Instrument.WideField) };

    /// <summary>How a survey reduces the events of an instrument: within its safe field, with its PSF, and with the background of the
    /// files.
    /// </summary>
    public static EventsDefinition EventsOf(Instrument instrument) => new()
    {
        OffsetMaxDeg = instrument.MaxOffsetDeg,
        PsfRadiusDeg = instrument.PsfRadiusDeg,
        Background = "none",
    };

    public TruthFile Truth()
    {
        var (min, max) = (Survey.Energy.Edges[0], Survey.Energy.Edges[^1]);
        return new TruthFile(Survey.Name, Options.Seed, Options.Observations, min, max, [.. Sources.Select(source =>
        {
            var (flux, equatorial) = (source.Spectrum.Integral(min, max), source.Position.To(SkyFrame.Icrs));
            return new SourceTruth(
                source.Name, source.Position.LonDeg, source.Position.LatDeg, equatorial.LonDeg, equatorial.LatDeg, flux,
                flux / _spectrum.Integral(min, max), source.Spectrum.Index, source.SigmaDeg,
                RingCounts.Significance(Instrument.WideField, Survey.Energy, source, Events.Pointings).SqrtTs());
        })]);
    }
}
