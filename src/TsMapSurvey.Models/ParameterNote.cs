namespace TsMapSurvey.Models;

/// <summary>
/// Attributes of a parameter in a model file other than its value, in TsMapSurvey's unit of the parameter. They are preserved when the
/// model is written and have no effect on fits. Null where the file has no value.
/// </summary>
/// <param name="Frozen">Also null if the file has gammapy's default.</param>
/// <param name="Link">Parameters with the same label are linked: all have the value of the first one.</param>
public sealed record ParameterNote(bool? Frozen, double? Min, double? Max, double? Error, string? Link)
{
    public static ParameterNote None { get; } = new(null, null, null, null, null);
}
