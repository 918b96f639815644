using System.Runtime.CompilerServices;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Vo.Links;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Vo.Sia;

/// <summary>SIA 2.0: the products of all surveys that meet constraints, as a table of ObsCore 1.1.</summary>
internal static class SiaEndpoint
{
    public const int MostRows = 10_000;
    private const int UsualRows = 1000;

    private static readonly string[] OfVoTable = [VoAnswer.ContentType, "votable", "text/xml", "application/xml"];

    public static async Task<IResult> AnswerAsync(
        HttpRequest request, KnownSurveys known, ProductList products, CancellationToken cancellationToken)
    {
        var parameters = await VoParameters.ReadAsync(request, cancellationToken);
        var most = parameters.MaxRec(UsualRows, MostRows);
        var format = FormatOf(parameters);
        var query = new SiaQuery(parameters);
        var rows = new List<(SiaRow, ObservedTime)>();
        var isMore = most == 0;
        if (most > 0)
            await foreach (var row in RowsAsync(query, known, products, cancellationToken))
            {
                if (isMore = rows.Count == most) break;
                rows.Add(row);
            }

        var here = VoRoutes.Here(request);
        var table = SiaTable.Of(rows, here);
        if (format != TableFormat.VoTable)
            return new LiveText(TableFile.Format(table, format), format == TableFormat.Csv ? "text/csv" : "application/json", null);
        return new LiveText(new VoAnswer(table)
        {
            Infos = [new VoInfo("SERVICE_PROTOCOL", "2.0", "SIA")],
            IsOverflow = isMore,
            Services = [ServiceForms.Cutout(here, SiaTable.Id), ServiceForms.Links(here, SiaTable.Id)],
        }.Format(), VoAnswer.ContentType, null);
    }

    private static TableFormat FormatOf(VoParameters parameters)
    {
        var text = parameters.One("RESPONSEFORMAT") ?? VoAnswer.ContentType;
        var word = text.Split(';')[0].Trim().ToLowerInvariant();
        if (word is "csv" or "text/csv") return TableFormat.Csv;
        if (word is "json" or "application/json") return TableFormat.Json;
        if (!OfVoTable.Contains(word)) parameters.Wrong("RESPONSEFORMAT", text, $"{VoAnswer.ContentType}, votable, csv or json");
        return TableFormat.VoTable;
    }

    private static async IAsyncEnumerable<(SiaRow, ObservedTime)> RowsAsync(
        SiaQuery query, KnownSurveys known, ProductList products, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.IsHopeless) yield break;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in query.Ids)
            if (await Product.FindAsync(id, known, cancellationToken) is { } product) asked.Add(product.Id);
        foreach (var name in (await known.ListAsync(cancellationToken)).Where(query.HasSurvey))
        {
            if (query.Ids.Count > 0 && !asked.Any(id => id.StartsWith($"{Product.Authority}{name}?", StringComparison.Ordinal))) continue;
            var survey = await known.GetAsync(name, cancellationToken);
            var windows = await products.WindowsAsync(survey, cancellationToken);
            await foreach (var place in products.PlacesAsync(survey, cancellationToken))
            {
                var all = ProductList.Of(place, windows).Where(product => query.Ids.Count == 0 || asked.Contains(product.Id))
                    .Select(product => new SiaRow(product)).Where(query.HasRow).ToArray();
                if (all.Length == 0 || !query.HasPlace(place)) continue;
                var times = new Dictionary<string, ObservedTime>();
                foreach (var row in all)
                {
                    var slice = row.Product.Slice;
                    if (!times.TryGetValue(slice, out var time))
                        times[slice] = time = await products.TimeAsync(place, windows[slice], cancellationToken);
                    if (query.HasTime(time)) yield return (row, time);
                }
            }
        }
    }
}
