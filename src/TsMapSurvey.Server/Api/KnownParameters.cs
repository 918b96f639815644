using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace TsMapSurvey.Server.Api;

/// <summary>
/// Rejects query parameters that the endpoint does not have: ignoring a misspelled one would silently give another answer.
/// </summary>
internal sealed class KnownParameters : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.Query.Count == 0) return next(context);
        var metadata = context.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<IParameterBindingMetadata>();
        var known = metadata.Select(parameter => QueryName(parameter.ParameterInfo)).OfType<string>().Distinct()
            .Where(name => !request.RouteValues.ContainsKey(name)).ToArray();
        var parameters = new Parameters();
        foreach (var (name, values) in request.Query)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase)) parameters.Unknown(name, known);
            else if (values.Count > 1) parameters.Wrong(name, string.Join("', '", values.ToArray()), "one value");
        }

        parameters.Check();
        return next(context);
    }

    private static string? QueryName(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(string) || parameter.GetCustomAttribute<FromHeaderAttribute>() is not null ? null
        : parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name;
}
