using TsMapSurvey.Plots;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Api.Pictures;

/// <summary>The legend of a picture: its colours over the range, in equal steps of the value.</summary>
internal static class ColorBarEndpoint
{
    private const string Tag = "The whole survey";
    private const int Steps = 512;

    public static void Map(WebApplication app) =>
        app.MapGet("/api/colorbar.png", Get).AddEndpointFilter<KnownParameters>().ProducesProblem(400)
        .ProducesProblem(404).Produces<Stream>(200, MapFile.Png)
        .WithTags(Tag).WithName("getColorbar")
        .WithSummary("Colour bar of a quantity's picture for rescale=MIN,MAX, from left to right in equal steps of the value");

    private static Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult Get(
        string? quantity, [AsParameters] PictureQuery picture, HttpResponse response)
    {
        var parameters = new Parameters();
        var name = string.IsNullOrEmpty(quantity) ? "sqrt_ts" : quantity;
        if (!QuantityLabels.Names.Contains(name)) throw SurveyErrors.UnknownQuantity(name, QuantityLabels.Names);
        if (string.IsNullOrEmpty(picture.Rescale)) parameters.Wrong("rescale", picture.Rescale, "MIN,MAX");
        var scale = QuantityImage.Scale(parameters, name, picture);
        parameters.Check();
        var (min, max) = (scale.Min!.Value, scale.Max!.Value);
        var values = Enumerable.Range(0, Steps).Select(step => min + (max - min) * step / (Steps - 1)).ToArray();
        response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Bytes(MapImage.Png(values, Steps, 1, scale), MapFile.Png);
    }
}
