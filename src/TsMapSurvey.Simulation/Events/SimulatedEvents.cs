namespace TsMapSurvey.Simulation.Events;

/// <summary>The events of a simulated observation.</summary>
/// <param name="Index">Counted from 0; OBS_ID is one more.</param>
/// <param name="Name">sim-0001 for the first observation.</param>
/// <param name="Events">In the order of time.</param>
public sealed record SimulatedEvents(int Index, string Name, Pointing Pointing, IReadOnlyList<SimulatedEvent> Events)
{
    internal const string Ending = ".fits.gz";

    /// <summary>The name of the observation's file: sim-0001.fits.gz for the first observation.</summary>
    public string FileName => Name + Ending;
}
