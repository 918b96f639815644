using System.Security.Cryptography;
using TsMapSurvey.Server.Api;

namespace TsMapSurvey.Server.Pages;

/// <summary>Serves the start page and its files, which are resources of this assembly.</summary>
internal static class PageFiles
{
    private const string Root = "wwwroot/";

    public static void Map(WebApplication app)
    {
        foreach (var resource in typeof(PageFiles).Assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Root, StringComparison.Ordinal)) continue;
            var path = "/" + resource[Root.Length..].Replace('\\', '/');
            app.MapGet(path, Serve(Read(resource), resource)).ExcludeFromDescription();
        }

        foreach (var file in AladinLite.Files)
            app.MapGet($"{AladinLite.Path}/{file}", Serve(AladinLite.Read(file), file)).ExcludeFromDescription();
        var start = Serve(AladinLite.Named(Read(Root + "index.html")), "index.html");
        app.MapGet("/", start).ExcludeFromDescription();
        app.MapGet("/surveys/{name}", start).ExcludeFromDescription();
    }

    private static RequestDelegate Serve(byte[] content, string name)
    {
        var (tag, type) = ($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"", TypeOf(name));
        return async context =>
        {
            if (EntityTag.IsKnown(context, tag, EntityTag.Live)) return;
            context.Response.ContentType = type;
            context.Response.ContentLength = content.Length;
            if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(content, context.RequestAborted);
        };
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not in the assembly");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        "" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
