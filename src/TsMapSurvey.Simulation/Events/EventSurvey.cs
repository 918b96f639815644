using System.Globalization;

namespace TsMapSurvey.Simulation.Events;

/// <summary>
/// The observations of a simulated sky as events. The same instrument, sky, pointings and seed give the same events, bit for bit.
/// </summary>
public sealed class EventSurvey(
    Instrument instrument, IReadOnlyList<SimulatedSource> sources, IReadOnlyList<Pointing> pointings, int seed)
{
    private readonly EventSimulator _simulator = new(instrument, sources);

    public Instrument Instrument => instrument;

    /// <summary>In the order of observation.</summary>
    public IReadOnlyList<Pointing> Pointings => pointings;

    /// <summary>Simulates one observation, independent of the others.</summary>
    /// <exception cref="SimulationException">There is no such observation.</exception>
    public SimulatedEvents Observe(int index)
    {
        if (index < 0 || index >= pointings.Count) throw SimulationErrors.NoSuchObservation(index, pointings.Count);
        return new SimulatedEvents(index, NameOf(index), pointings[index], _simulator.Draw(pointings[index], Seeds.Stream(seed, index)));
    }

    internal static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"sim-{index + 1:D4}");
}
