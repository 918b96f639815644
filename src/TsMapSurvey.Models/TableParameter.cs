namespace TsMapSurvey.Models;

/// <summary>A parameter of a table model: the name of an axis of the table, and where on it the model is.</summary>
/// <param name="Unit">Of the axis; empty for a pure number.</param>
public sealed record TableParameter(string Name, double Value, string Unit);
