using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Published;

namespace TsMapSurvey.Server.Api.Pictures;

/// <summary>The format of an image: fits, png or json. Each has its own path and its own operation in the OpenAPI document.</summary>
internal sealed record ImageForm(string Name)
{
    private static readonly ImageForm[] All = [new("fits"), new("png"), new("json")];

    /// <summary>The format in the request's path.</summary>
    public static string Of(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<ImageForm>().Name;

    /// <summary>Maps the path once for each format, with the format as its ending.</summary>
    /// <typeparam name="TJson">The JSON answer.</typeparam>
    /// <param name="operation">The operation's name, to which the format is appended.</param>
    /// <param name="isLive">Whether the image may have to be computed first.</param>
    public static void Map<TJson>(
        RouteGroupBuilder survey, string path, Delegate handler, string operation, string tag, string summary, bool isLive = true)
    {
        foreach (var form in All)
        {
            var route = survey.MapGet($"{path}.{form.Name}", handler).WithMetadata(form).WithTags(tag).WithSummary(summary)
                .WithName(operation + char.ToUpperInvariant(form.Name[0]) + form.Name[1..]);
            if (isLive) route.Produces<PendingAnswer>(StatusCodes.Status202Accepted);
            (form.Name switch
            {
                "fits" => route.Produces<Stream>(StatusCodes.Status200OK, MapFile.Fits),
                "png" => route.Produces<Stream>(StatusCodes.Status200OK, MapFile.Png),
                _ => route.Produces<TJson>(),
            }).WithVersionHeaders();
        }
    }
}
