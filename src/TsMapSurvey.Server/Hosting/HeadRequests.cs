namespace TsMapSurvey.Server.Hosting;

/// <summary>HEAD is answered wherever GET is: routed as GET, and told apart again by those who would make a body for nothing.</summary>
internal static class HeadRequests
{
    public static void UseRoutingOfHead(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (!HttpMethods.IsHead(context.Request.Method)) return next(context);
            context.Request.Method = HttpMethods.Get;
            context.Features.Set(new Asked());
            return next(context);
        });
        app.UseRouting();
        app.Use((context, next) =>
        {
            if (context.Features.Get<Asked>() is not null) context.Request.Method = HttpMethods.Head;
            return next(context);
        });
    }

    private sealed class Asked;
}
