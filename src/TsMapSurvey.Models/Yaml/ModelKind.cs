namespace TsMapSurvey.Models.Yaml;

/// <summary>How one of gammapy's models looks in YAML.</summary>
/// <param name="Type">gammapy's class.</param>
/// <param name="Tag">gammapy's short name, which its reader takes too.</param>
/// <param name="Parameters">In gammapy's order.</param>
/// <param name="Create">From the parameters' values in our units.</param>
/// <param name="Values">The inverse; null for a model of another kind.</param>
internal sealed record ModelKind<TModel>(
    string Type, string Tag, ParameterKind[] Parameters, Func<double[], TModel> Create, Func<TModel, double[]?> Values)
{
    /// <summary>Whether the name is gammapy's class or its short name.</summary>
    public bool IsNamed(string name) => Type == name || Tag == name;
}
