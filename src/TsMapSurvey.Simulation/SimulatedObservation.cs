using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Simulation;

/// <param name="Index">From 0.</param>
/// <param name="FileName">sim-0001.fits.gz for the first.</param>
/// <param name="Dataset">On the survey's grid.</param>
public sealed record SimulatedObservation(int Index, string FileName, Pointing Pointing, MapDataset Dataset);
