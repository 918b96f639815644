namespace TsMapSurvey.Simulation;

/// <summary>An invalid option of the simulation or an invalid truth.json; created only by <see cref="SimulationErrors"/>.</summary>
public sealed class SimulationException : Exception
{
    internal SimulationException(string message)
        : base(message)
    {
    }
}
