using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Simulation;

/// <param name="Index">Counted from 0.</param>
/// <param name="FileName">sim-0001.fits.gz for the first observation.</param>
/// <param name="Dataset">A cutout of the survey's grid.</param>
public sealed record SimulatedObservation(int Index, string FileName, Pointing Pointing, MapDataset Dataset);
