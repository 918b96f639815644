using System.Globalization;

namespace TsMapSurvey.Simulation;

/// <summary>Every failure of the simulation: an option, or a truth.json that cannot be read.</summary>
public sealed class SimulationException : Exception
{
    private SimulationException(string message)
        : base(message)
    {
    }

    internal static SimulationException BadOption(string option, double found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"simulation option {option}: found {found}, expected {expected}"));

    internal static SimulationException NoSuchObservation(int found, int observations) =>
        new(string.Create(CultureInfo.InvariantCulture, $"simulated observation: found index {found}, expected 0 to {observations - 1}"));

    internal static SimulationException NoRoom(int placed, int wanted) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"simulated sky: found room for {placed} sources, expected it for {wanted}; make the survey larger or ask for fewer"));

    internal static SimulationException BadTruth(string problem) => new($"truth.json: {problem}, expected what the simulation writes");
}
