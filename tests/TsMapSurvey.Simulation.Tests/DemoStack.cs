using TsMapSurvey.Estimators;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation.Tests;

/// <summary>The whole default simulation, stacked on the whole survey, and its maps: made once for all tests.</summary>
internal static class DemoStack
{
    public static Survey Survey { get; } = Survey.Resolve(SimulatedSurvey.DefaultDefinition());

    public static SimulatedSurvey Simulation { get; } = new(Survey, new SimulationOptions());

    private static readonly Lazy<MapDataset> Stacked = new(() =>
    {
        DatasetStack? stack = null;
        foreach (var observation in Simulation.Observations())
        {
            stack ??= new DatasetStack(Survey.Tiling.Grid, observation.Dataset);
            stack.Add(observation.Dataset);
        }

        return stack!.ToDataset("demo");
    });

    private static readonly Lazy<FluxMaps> Point = new(() => new TsMapEstimator(Survey.Maps["point"]).Run([Stacked.Value]));

    public static MapDataset Dataset => Stacked.Value;

    public static FluxMaps PointMaps => Point.Value;
}
