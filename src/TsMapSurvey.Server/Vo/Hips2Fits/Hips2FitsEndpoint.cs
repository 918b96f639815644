using System.Globalization;
using TsMapSurvey.Fits;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Layers;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Vo.Hips2Fits;

/// <summary>An image of any projection of a layer, by the parameters of CDS's service hips2fits, which astroquery sends.</summary>
internal static class Hips2FitsEndpoint
{
    private const string HipsPath = "/hips/";
    private const string Jpeg = "image/jpeg";

    public static async Task<IResult> AnswerAsync(
        HttpRequest request, KnownSurveys known, LayerSampler sampler, CancellationToken cancellationToken)
    {
        var query = Hips2FitsQuery.Read(await VoParameters.ReadAsync(request, cancellationToken));
        if (NameOf(query.Hips, request) is not (var name, var layerName)) throw RequestErrors.UnknownHips(query.Hips);
        var survey = await known.GetAsync(name, cancellationToken);
        request.RouteValues["survey"] = survey.Name;
        var layer = survey.Survey.FindLayer(layerName);
        if (layer.Cube is not null) throw RequestErrors.IsCube(query.Hips);
        var (values, version, unit) = await sampler.SampleAsync(survey, layer, query.Grid, cancellationToken);
        var look = query.Look(QuantityLabels.Of(layer.Quantity).Scale);
        var (width, height) = (query.Grid.Width, query.Grid.Height);
        return query.Format switch
        {
            "png" => new LiveText(MapImage.Png(values, width, height, look), MapFile.Png, version),
            "jpg" => new LiveText(MapImage.Jpeg(values, width, height, look), Jpeg, version),
            _ => new LiveText(Fits(values, query.Grid, survey.Name, layer, version, unit), MapFile.Fits, version),
        };
    }

    /// <summary>
    /// Survey and layer of <c>SURVEY/LAYER</c>, of that after our authority, or of the address of a HiPS of this server; null for another
    /// text.
    /// </summary>
    private static (string Survey, string Layer)? NameOf(string hips, HttpRequest request)
    {
        var text = hips.StartsWith(Product.Authority, StringComparison.Ordinal) ? hips[Product.Authority.Length..] : hips;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            var here = $"{request.PathBase}{HipsPath}";
            if (!address.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
                || !address.AbsolutePath.StartsWith(here, StringComparison.Ordinal)) return null;
            text = address.AbsolutePath[here.Length..];
        }

        return text.TrimEnd('/').Split('/') is [{ Length: > 0 } survey, { Length: > 0 } layer] ? (survey, layer) : null;
    }

    /// <summary>A primary HDU of single precision, as that of CDS's service.</summary>
    private static byte[] Fits(double[] values, SkyGrid grid, string survey, SurveyLayer layer, DataVersion version, string unit)
    {
        var header = new FitsHeader();
        foreach (var (keyword, value, comment) in grid.Wcs.Keywords())
        {
            if (value is string text) header.Set(keyword, text, comment);
            else if (value is long or int) header.Set(keyword, Convert.ToInt64(value, CultureInfo.InvariantCulture), comment);
            else header.Set(keyword, Convert.ToDouble(value, CultureInfo.InvariantCulture), comment);
        }

        header.Set("BUNIT", unit).Set("CREATOR", "TsMapSurvey").Set("SURVEY", survey).Set("LAYER", layer.Name)
            .Set("REVISION", version.Revision, "sum of the tiles' revisions");
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true))
            writer.WriteImage(null, [grid.Width, grid.Height], values, header, FitsElementType.Single);
        return content.ToArray();
    }
}
