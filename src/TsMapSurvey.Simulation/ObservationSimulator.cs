using MathNet.Numerics.Distributions;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

/// <summary>
/// Observations of given sources on a survey's grid: a square cut-out of it about each pointing, with all that a stack needs.
/// </summary>
public sealed class ObservationSimulator(Survey survey, IReadOnlyList<SimulatedSource> sources)
{
    /// <summary>The expected observation: its counts are npred, background and sources, not whole numbers.</summary>
    public MapDataset Expected(Pointing pointing, string name)
    {
        var dataset = ResponseMaps.Create(survey, pointing, name);
        var npred = new Map<double>(dataset.Geometry, (double[])dataset.Background!.Data.Clone());
        var grid = dataset.Grid;
        foreach (var source in sources)
            ExpectedSource.Add(npred.Data, grid.Region, grid, source, pointing, survey.Energy, survey.EnergyTrue);
        return dataset with { Counts = npred };
    }

    public MapDataset Observe(Pointing pointing, string name, Random random) => Draw(Expected(pointing, name), random);

    /// <summary>
    /// One outcome of an expected observation: Poisson counts in every pixel, inside and outside the mask, in the order of the map.
    /// </summary>
    public static MapDataset Draw(MapDataset expected, Random random) => expected with
    {
        Counts = new Map<double>(expected.Geometry,
            Array.ConvertAll(expected.Counts!.Data, mean => mean > 0 ? Poisson.Sample(random, mean) : 0.0)),
    };
}
