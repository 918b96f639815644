namespace TsMapSurvey.Models.Yaml;

/// <summary>The YAML form of one of gammapy's models.</summary>
/// <param name="Type">Name of gammapy's class.</param>
/// <param name="Tag">gammapy's short name, which gammapy also reads.</param>
/// <param name="Parameters">In gammapy's order.</param>
/// <param name="Create">Creates the model from parameter values in the units of <paramref name="Parameters"/>.</param>
/// <param name="Values">The inverse of Create; null for a model of another kind.</param>
internal sealed record ModelKind<TModel>(
    string Type, string Tag, ParameterKind[] Parameters, Func<double[], TModel> Create, Func<TModel, double[]?> Values)
{
    public bool IsNamed(string name) => Type == name || Tag == name;
}
