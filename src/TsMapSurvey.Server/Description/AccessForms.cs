using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Limits;

namespace TsMapSurvey.Server.Description;

/// <summary>Describes what every operation has in common: keys and tokens, limits of clients, and the refusals.</summary>
internal static class AccessForms
{
    private const string Key = "key";
    private const string Token = "token";
    private const string Problem = "application/problem+json";
    private const string RetryAfter = "Retry-After";

    /// <summary>The answers that any operation may give, and those of operations with a body.</summary>
    private static readonly (string Status, string Text, bool IsOfBody)[] Refusals =
    [
        ("400", "The request is invalid.", false),
        ("401", "The key or token is missing or wrong.", false),
        ("403", "The key or token does not permit this, or a browser sent the request for the page of another site.", false),
        ("408", "The body took too long to arrive.", true),
        ("413", "The body is too large.", true),
        ("415", "The body is compressed or of another type.", true),
        ("429", "The client has sent too many requests, or too many of them are running.", false),
        ("500", "Internal error of the server.", false),
        ("503", "The server is too busy, or a part of it is not available.", false),
    ];

    /// <summary>Further refusals, of the operations that declare them.</summary>
    private static readonly (string Status, string Text)[] Declared =
    [
        ("404", "What the request names does not exist, or has no data yet."),
        ("409", "What the request names is in a state that does not allow this."),
    ];

    public static Task AddSchemesAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var components = document.Components ??= new OpenApiComponents();
        components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        components.SecuritySchemes[Key] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = WebhookKey.Header,
            Description = "One of the server's keys (its settings Keys:Write, Keys:Read). A server without write keys requires none, and "
                + "reading requires one only if the server is so configured. For reading, the key may also be the password of HTTP Basic.",
        };
        components.SecuritySchemes[Token] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token of the issuer in the server's setting Tokens:Authority (RFC7519), checked as RFC8725 advises.",
        };
        components.Headers ??= new Dictionary<string, IOpenApiHeader>();
        components.Headers[RequestLimits.Header] = new OpenApiHeader
        {
            Description = "How many requests this client may send now (r), and how many at once after a pause (q). Absent if the "
                + "client has no limit.",
            Schema = ParameterSchemas.Text("^\"requests\";r=[0-9]+;q=[0-9]+$", 60),
        };
        components.Headers[RetryAfter] = new OpenApiHeader
        {
            Description = "Seconds after which the same request may succeed.",
            Schema = ParameterSchemas.Integer("int32", 1, 86_400),
        };
        components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        foreach (var (status, text) in Refusals.Select(one => (one.Status, one.Text)).Concat(Declared))
            components.Responses[NameOf(status)] = Refusal(status, text, document);
        return Task.CompletedTask;
    }

    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (HealthListener.IsHealth("/" + context.Description.RelativePath)) return Task.CompletedTask;
        var document = context.Document;
        var isReading = AccessCheck.IsReading(context.Description.HttpMethod ?? "");
        operation.Responses ??= [];
        foreach (var (status, _, isOfBody) in Refusals)
        {
            if (isReading && isOfBody && !operation.Responses.ContainsKey(status)) continue;
            operation.Responses[status] = new OpenApiResponseReference(NameOf(status), document);
        }

        foreach (var (status, _) in Declared)
            if (operation.Responses.ContainsKey(status))
                operation.Responses[status] = new OpenApiResponseReference(NameOf(status), document);

        if (HttpMethods.IsGet(context.Description.HttpMethod ?? "") && operation.Responses.ContainsKey("200"))
            operation.Responses["304"] = new OpenApiResponse { Description = "Nothing has changed since the ETag of If-None-Match." };

        foreach (var (status, answer) in operation.Responses)
        {
            if (answer is OpenApiResponse response) AddHeaders(status, response, document);
        }

        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] },
            new OpenApiSecurityRequirement(),
        ];
        return Task.CompletedTask;
    }

    private static string NameOf(string status) => $"refused{status}";

    private static OpenApiResponse Refusal(string status, string text, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = text,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problem] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) },
            },
        };
        AddHeaders(status, response, document);
        return response;
    }

    private static void AddHeaders(string status, OpenApiResponse response, OpenApiDocument? document)
    {
        if (status[0] is not ('2' or '4')) return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[RequestLimits.Header] = new OpenApiHeaderReference(RequestLimits.Header, document);
        if (status == "429") response.Headers[RetryAfter] = new OpenApiHeaderReference(RetryAfter, document);
    }
}
