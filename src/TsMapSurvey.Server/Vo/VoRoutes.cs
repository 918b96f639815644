using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Vo.Cone;
using TsMapSurvey.Server.Vo.Hips;
using TsMapSurvey.Server.Vo.Hips2Fits;
using TsMapSurvey.Server.Vo.Links;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Server.Vo.Sia;
using TsMapSurvey.Server.Vo.Soda;
using TsMapSurvey.Server.Vo.Vosi;

namespace TsMapSurvey.Server.Vo;

/// <summary>
/// The protocols of the Virtual Observatory. They are not in the OpenAPI document: their parameters may be repeated and written in any
/// case, and clients find them by /vo/capabilities.
/// </summary>
internal static class VoRoutes
{
    public const string Root = "/vo";
    public const string Cone = "/scs";
    public const string Sia = $"{Root}/sia";
    public const string Soda = $"{Root}/soda";
    public const string Links = $"{Root}/datalink";
    public const string Capabilities = $"{Root}/capabilities";
    public const string Availability = $"{Root}/availability";
    public const string Hips2Fits = "/hips2fits";

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ObservedTimes>();
        services.AddSingleton<ProductList>();
        services.AddSingleton<CutoutMaker>();
        services.AddSingleton<LayerImages>();
        services.AddSingleton<LayerSampler>();
    }

    public static void Map(WebApplication app)
    {
        Protocol(app, $"{Cone}/{{survey}}", ConeEndpoint.AnswerAsync, VoErrors.Cone);
        Protocol(app, Sia, SiaEndpoint.AnswerAsync, VoErrors.VoTable);
        Protocol(app, Soda, SodaEndpoint.AnswerAsync, VoErrors.Soda).IsCostly();
        Protocol(app, Links, LinksEndpoint.AnswerAsync, VoErrors.VoTable);
        Protocol(app, Hips2Fits, Hips2FitsEndpoint.AnswerAsync, VoErrors.Hips2Fits).IsCostly();
        app.MapGet(Capabilities, CapabilitiesEndpoint.AnswerAsync).ExcludeFromDescription();
        var startedAt = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        app.MapGet(Availability, (IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken) =>
            AvailabilityEndpoint.AnswerAsync(grains, time, startedAt, cancellationToken)).ExcludeFromDescription();
    }

    /// <summary>The address of this server as the client knows it, without a slash at the end.</summary>
    public static string Here(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    private static RouteHandlerBuilder Protocol(WebApplication app, string path, Delegate handler, VoErrors errors) =>
        app.MapMethods(path, [HttpMethods.Get, HttpMethods.Post], handler).AddEndpointFilter(errors).WithMetadata(new OnlyReads())
            .ExcludeFromDescription();
}
