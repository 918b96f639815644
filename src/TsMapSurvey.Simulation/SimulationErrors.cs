using System.Globalization;

namespace TsMapSurvey.Simulation;

internal static class SimulationErrors
{
    public static SimulationException BadOption(string option, double found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"simulation option {option}: found {found}, expected {expected}"));

    public static SimulationException NoSuchObservation(int found, int observations) =>
        new(string.Create(CultureInfo.InvariantCulture, $"simulated observation: found index {found}, expected 0 to {observations - 1}"));

    public static SimulationException NoRoom(int placed, int wanted) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"simulated sky: found space for {placed} sources, expected {wanted}; use a larger survey or fewer sources"));

    public static SimulationException NoPowerLaw(string map) =>
        new($"simulated sky: found another spectrum than a power law in map {map}, expected a power law in the survey's first map");

    public static SimulationException BadTruth(string problem) => new($"truth.json: {problem}, expected a file written by the simulation");
}
