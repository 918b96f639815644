namespace TsMapSurvey.Simulation;

/// <summary>An option of the simulation, or a truth.json, that cannot be used; made only by <see cref="SimulationErrors"/>.</summary>
public sealed class SimulationException : Exception
{
    internal SimulationException(string message)
        : base(message)
    {
    }
}
