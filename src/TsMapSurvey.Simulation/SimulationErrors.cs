using System.Globalization;

namespace TsMapSurvey.Simulation;

/// <summary>Every failure of this library, with found and expected.</summary>
internal static class SimulationErrors
{
    public static SimulationException BadOption(string option, double found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"simulation option {option}: found {found}, expected {expected}"));

    public static SimulationException NoSuchObservation(int found, int observations) =>
        new(string.Create(CultureInfo.InvariantCulture, $"simulated observation: found index {found}, expected 0 to {observations - 1}"));

    public static SimulationException NoRoom(int placed, int wanted) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"simulated sky: found room for {placed} sources, expected it for {wanted}; make the survey larger or ask for fewer"));

    public static SimulationException BadTruth(string problem) => new($"truth.json: {problem}, expected what the simulation writes");
}
