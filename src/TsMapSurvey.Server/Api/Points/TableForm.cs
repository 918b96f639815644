using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>A format of an answer that is a table.</summary>
/// <param name="Format">Null: JSON with the answer's own properties.</param>
internal sealed record TableForm(string Name, string ContentType, TableFormat? Format, params string[] Accepted)
{
    private const string Parameter = "format";

    public static TableForm Json { get; } = new("json", "application/json", null);

    public static TableForm Fits { get; } = new("fits", MapFile.Fits, TableFormat.Fits);

    /// <summary>The formats that can be written part by part.</summary>
    public static IReadOnlyList<TableForm> Streamed { get; } =
    [
        Json, new("csv", "text/csv", TableFormat.Csv), new("ecsv", "text/x-ecsv", TableFormat.Ecsv, "application/x-ecsv"),
        new("vot", "application/x-votable+xml", TableFormat.VoTable, "text/xml", "application/xml"),
        new("parquet", "application/vnd.apache.parquet", TableFormat.Parquet, "application/x-parquet"),
    ];

    public static IReadOnlyList<TableForm> All { get; } = [.. Streamed, Fits];

    /// <summary>With the character set for formats that are text.</summary>
    public string FullContentType => Format is TableFormat.Parquet or TableFormat.Fits ? ContentType : $"{ContentType}; charset=utf-8";

    /// <summary>
    /// Maps a path whose format is chosen by parameter or header, and once more for each format as its ending. Each ending is an operation
    /// of its own in the OpenAPI document. Such answers fit pixels or read observations, so they count as costly.
    /// </summary>
    /// <typeparam name="TJson">The JSON answer.</typeparam>
    /// <param name="operation">The operation's name, to which the format is appended.</param>
    public static void Map<TJson>(RouteGroupBuilder survey, string path, Delegate handler, string operation, string tag, string summary)
    {
        Describe(survey.MapGet(path, handler).WithMetadata(new ChosenForms(All)).WithName(operation).Produces<TJson>());
        foreach (var form in All)
        {
            var route = survey.MapGet($"{path}.{form.Name}", handler).WithMetadata(form)
                .WithName(operation + char.ToUpperInvariant(form.Name[0]) + form.Name[1..]);
            Describe(form.Format is null ? route.Produces<TJson>() : route.Produces<Stream>(StatusCodes.Status200OK, form.ContentType));
        }

        void Describe(RouteHandlerBuilder route) => route.WithTags(tag).WithSummary(summary).IsCostly()
            .Produces<PendingAnswer>(StatusCodes.Status202Accepted).WithVersionHeaders();
    }

    /// <summary>The format that a request asks for: by the path's ending or the parameter, otherwise by the header Accept.</summary>
    /// <returns>JSON if the header accepts no format that is known here.</returns>
    public static TableForm Of(Parameters parameters, HttpRequest request, string? text, IReadOnlyList<TableForm> known)
    {
        if (request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TableForm>() is { } ofPath) return ofPath;
        if (!string.IsNullOrEmpty(text)) return Named(parameters, text, known);
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0) return Json;
        foreach (var type in accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1))
        {
            if (type.MatchesAllTypes || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase)) return Json;
            if (known.FirstOrDefault(form => form.Types.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase)) is { } form)
                return form;
        }

        return Json;
    }

    private IEnumerable<string> Types => [ContentType, .. Accepted];

    private static TableForm Named(Parameters parameters, string text, IReadOnlyList<TableForm> known)
    {
        var name = text.Equals("votable", StringComparison.OrdinalIgnoreCase) ? "vot" : text;
        if (known.FirstOrDefault(form => form.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found) return found;
        parameters.Wrong(Parameter, text, $"one of {string.Join(", ", known.Select(form => form.Name))}");
        return Json;
    }
}
