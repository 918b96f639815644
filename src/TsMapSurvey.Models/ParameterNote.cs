namespace TsMapSurvey.Models;

/// <summary>
/// What a model file says of a parameter beside its value, in our unit of the parameter. It is kept and written again, and nothing is
/// fitted with it.
/// </summary>
/// <param name="Frozen">Null where that is gammapy's default or the file says nothing, as the rest.</param>
/// <param name="Link">Parameters of one label are one parameter: the first one's value counts.</param>
public sealed record ParameterNote(bool? Frozen, double? Min, double? Max, double? Error, string? Link)
{
    public static ParameterNote None { get; } = new(null, null, null, null, null);
}
