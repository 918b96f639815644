namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// Every GET endpoint also answers HEAD. HEAD is routed as GET; afterwards the method is restored, so that endpoints can omit the body.
/// </summary>
internal static class HeadRequests
{
    public static void UseRoutingOfHead(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (!HttpMethods.IsHead(context.Request.Method)) return next(context);
            context.Request.Method = HttpMethods.Get;
            context.Features.Set(new HeadRequest());
            return next(context);
        });
        app.UseRouting();
        app.Use((context, next) =>
        {
            if (context.Features.Get<HeadRequest>() is not null) context.Request.Method = HttpMethods.Head;
            return next(context);
        });
    }

    private sealed class HeadRequest;
}
