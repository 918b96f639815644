namespace TsMapSurvey.Simulation;

/// <summary>Options of the simulation. The same options and survey give the same observations, bit for bit.</summary>
/// <param name="Observations">Number of observations, 1 to 100000.</param>
/// <param name="Sources">Number of sources, 0 to 1000.</param>
/// <param name="Seed">Seed of positions, fluxes, pointings and counts.</param>
/// <param name="OnTimeS">Length of each observation in seconds.</param>
public sealed record SimulationOptions(int Observations = 50, int Sources = 20, int Seed = 1, double OnTimeS = 1680)
{
    /// <exception cref="SimulationException">An option is out of range.</exception>
    internal void Check()
    {
        if (Observations is < 1 or > 100_000) throw SimulationErrors.BadOption("observations", Observations, "1 to 100000");
        if (Sources is < 0 or > 1000) throw SimulationErrors.BadOption("sources", Sources, "0 to 1000");
        if (!(OnTimeS is > 0 and < 1e9)) throw SimulationErrors.BadOption("on-time", OnTimeS, "above 0 and below 1e9 seconds");
    }
}
