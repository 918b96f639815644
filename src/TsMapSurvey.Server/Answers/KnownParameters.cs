using Microsoft.AspNetCore.Http.Metadata;

namespace TsMapSurvey.Server;

/// <summary>Refuses parameters that an endpoint does not have: a misspelt one would silently give another answer.</summary>
internal sealed class KnownParameters : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.Query.Count == 0) return next(context);
        var metadata = context.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<IParameterBindingMetadata>();
        var known = metadata.Select(parameter => parameter.Name).Where(name => !request.RouteValues.ContainsKey(name)).ToArray();
        var parameters = new Parameters();
        foreach (var name in request.Query.Keys)
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase)) parameters.Wrong(name, "a parameter that is not there", known.Length == 0 ? "none" : $"one of {string.Join(", ", known)}");
        parameters.Check();
        return next(context);
    }
}
