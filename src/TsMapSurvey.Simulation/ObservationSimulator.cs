using MathNet.Numerics.Distributions;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

/// <summary>
/// Simulates observations of given sources: a square cutout of the survey's grid around each pointing, with all maps that a stack needs.
/// </summary>
public sealed class ObservationSimulator(Survey survey, IReadOnlyList<SimulatedSource> sources)
{
    /// <summary>The expected observation, whose counts are the predicted counts of background and sources, not integers.</summary>
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
    /// A random realization of an expected observation: Poisson counts in every pixel inside and outside the mask, drawn in map order.
    /// </summary>
    public static MapDataset Draw(MapDataset expected, Random random) => expected with
    {
        Counts = new Map<double>(expected.Geometry,
            Array.ConvertAll(expected.Counts!.Data, mean => mean > 0 ? Poisson.Sample(random, mean) : 0.0)),
    };
}
