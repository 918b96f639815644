using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Server.Vo.Sia;
using TsMapSurvey.Surveys.Names;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Vo.Links;

/// <summary>DataLink 1.0 (IVOA Recommendation, 2015-06-17): what belongs to a product.</summary>
internal static class LinksEndpoint
{
    private const string Id = "ID";

    /// <summary>Number of identifiers that are answered at once; a client asks again for those that are missing.</summary>
    private const int MostIds = 100;

    public static async Task<IResult> AnswerAsync(HttpRequest request, KnownSurveys known, CancellationToken cancellationToken)
    {
        var parameters = await VoParameters.ReadAsync(request, cancellationToken);
        var here = VoRoutes.Here(request);
        var links = new List<Link>();
        string[] ids = [.. parameters.All(Id).Distinct()];
        foreach (var id in ids.Take(MostIds))
        {
            var product = await Product.FindAsync(id, known, cancellationToken);
            links.AddRange(product is null
                ? [new Link(id, "", "", $"NotFoundFault: {MessageText.Of(id)}", "#this", "", "", SiaRow.Unknown)] : Of(product, here));
        }

        var answer = new VoAnswer(TableOf(links))
        {
            IsOverflow = ids.Length > MostIds,
            Infos = [new VoInfo("standardID", ServiceForms.LinksStandard)],
            Services = [ServiceForms.Cutout(here, Id)],
        };
        return new LiveText(answer.Format(), $"{VoAnswer.ContentType};content=datalink", null);
    }

    private static IEnumerable<Link> Of(Product product, string here)
    {
        var row = new SiaRow(product);
        yield return new(product.Id, here + product.Path, "", "", "#this", row.Title, product.Format,
            row.EstimatedKilobytes == SiaRow.Unknown ? SiaRow.Unknown : 1000 * row.EstimatedKilobytes);
        if (product.Kind == ProductKind.Dataset) yield break;
        yield return new(product.Id, "", ServiceForms.CutoutId, "", "#cutout", "A part of it as FITS", MapFile.Fits, SiaRow.Unknown);
        if (product.Picture is { } picture)
            yield return new(product.Id, here + picture, "", "", "#preview", "A picture of it", MapFile.Png, SiaRow.Unknown);
        if (product.Tile is null) yield break;
        var dataset = product with { Kind = ProductKind.Dataset, Map = null, Quantity = null, Bin = 0 };
        yield return new(product.Id, here + dataset.Path, "", "", "#progenitor", "The stacked observations it is computed from",
            dataset.Format, SiaRow.Unknown);
    }

    private static DataTable TableOf(IReadOnlyList<Link> links)
    {
        TableColumn Text(string name, Func<Link, string> value, string description, string ucd) =>
            TableColumn.Of(name, links.Select(value), description, ucd) with { IsAscii = true };
        return new DataTable("links", "What belongs to the products",
        [
            Text(Id, link => link.Id, "Identifier of the product", "meta.id;meta.main") with { Id = Id },
            Text("access_url", link => link.Url, "Address", "meta.ref.url"),
            Text("service_def", link => link.Service, "ID of the service's description", "meta.ref"),
            Text("error_message", link => link.Error, "Why there is no link", "meta.code.error"),
            Text("semantics", link => link.Semantics, "What it is to the product", "meta.code"),
            Text("description", link => link.Description, "What it is", "meta.note"),
            Text("content_type", link => link.Type, "Media type", "meta.code.mime"),
            TableColumn.Of("content_length", links.Select(link => link.Bytes), "Estimated size", "byte", "phys.size;meta.file")
                with { Null = SiaRow.Unknown },
        ], []);
    }

    private sealed record Link(
        string Id, string Url, string Service, string Error, string Semantics, string Description, string Type, long Bytes);
}
