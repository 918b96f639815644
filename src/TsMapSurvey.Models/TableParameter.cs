namespace TsMapSurvey.Models;

/// <summary>A parameter of a table model: the name of a table axis and a value on it.</summary>
/// <param name="Unit">Unit of the axis; empty for a dimensionless parameter.</param>
public sealed record TableParameter(string Name, double Value, string Unit);
