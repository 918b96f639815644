using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

/// <summary>
/// A simulated sky and the observations of a scan over it. The same survey and options give the same observations, bit for bit.
/// </summary>
public sealed class SimulatedSurvey
{
    private readonly ObservationSimulator _simulator;

    /// <exception cref="SimulationException">An option is out of range, or the field is too small for the number of sources.</exception>
    public SimulatedSurvey(Survey survey, SimulationOptions options)
    {
        options.Check();
        (Survey, Options) = (survey, options);
        var field = SimulatedField.Of(survey, options.Observations);
        Sources = SimulatedSky.Create(survey, field, options);
        Pointings = PointingScan.Of(field, options);
        _simulator = new ObservationSimulator(survey, Sources);
    }

    public Survey Survey { get; }

    public SimulationOptions Options { get; }

    public IReadOnlyList<SimulatedSource> Sources { get; }

    /// <summary>In the order of observation.</summary>
    public IReadOnlyList<Pointing> Pointings { get; }

    /// <summary>The same sky and pointings, observed as events.</summary>
    public EventSurvey Events => new(Instrument.Cherenkov, Sources, Pointings, Options.Seed);

    /// <summary>The demo's survey: a strip of the Galactic plane, 15 tiles, a map for point sources and one for extended ones.</summary>
    public static SurveyDefinition DefaultDefinition(string name = "demo") => new()
    {
        Name = name,
        Tiling = new TilingDefinition
        {
            Frame = "galactic",
            Projection = "CAR",
            PixelSizeDeg = 0.05,
            WidthDeg = 16,
            HeightDeg = 9.6,
            CentreLonDeg = 340,
            TilePixels = 64,
        },
        EnergyAxis = AxisDefinition.LogBins(0.6, 30, 5),
        TrueEnergyAxis = AxisDefinition.LogBins(0.3, 60, 10),
        Maps = new Dictionary<string, MapDefinition>
        {
            ["point"] = MapDefinition.Parse("""{ "index": 2.2, "kernelWidthDeg": 0.8, "selection": ["ul"] }"""),
            ["extended"] = MapDefinition.Parse("""{ "spatial": "gauss:0.15deg", "index": 2.2, "kernelWidthDeg": 1.6 }"""),
        },
    };

    /// <summary>All observations; each is computed when it is enumerated.</summary>
    public IEnumerable<SimulatedObservation> Observations() => Enumerable.Range(0, Pointings.Count).Select(Observe);

    /// <summary>Simulates one observation, independent of the others.</summary>
    /// <exception cref="SimulationException">There is no such observation.</exception>
    public SimulatedObservation Observe(int index)
    {
        if (index < 0 || index >= Pointings.Count) throw SimulationErrors.NoSuchObservation(index, Pointings.Count);
        var name = EventSurvey.NameOf(index);
        var dataset = _simulator.Observe(Pointings[index], name, Seeds.Stream(Options.Seed, index));
        return new SimulatedObservation(index, name + SimulatedEvents.Ending, Pointings[index], dataset);
    }

    public TruthFile Truth()
    {
        var (min, max) = (Survey.Energy.Edges[0], Survey.Energy.Edges[^1]);
        return new TruthFile(Survey.Name, Options.Seed, Options.Observations, min, max,
            [.. Sources.Select(source => Truth(source, min, max))]);
    }

    private SourceTruth Truth(SimulatedSource source, double minTeV, double maxTeV)
    {
        var flux = source.Spectrum.Integral(minTeV, maxTeV);
        var norm1 = Survey.Maps.Values.First().Model.Spectral.Integral(minTeV, maxTeV);
        var equatorial = source.Position.To(SkyFrame.Icrs);
        return new SourceTruth(
            source.Name, source.Position.LonDeg, source.Position.LatDeg, equatorial.LonDeg, equatorial.LatDeg,
            flux, flux / norm1, source.Spectrum.Index, source.SigmaDeg, new Detectability(Survey, source, Pointings).Significance.SqrtTs());
    }
}
