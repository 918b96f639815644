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
            app.MapGet(path, Serve(resource)).ExcludeFromDescription();
        }

        app.MapGet("/", Serve(Root + "index.html")).ExcludeFromDescription();
        app.MapGet("/surveys/{name}", Serve(Root + "index.html")).ExcludeFromDescription();
    }

    private static RequestDelegate Serve(string resource)
    {
        var content = Read(resource);
        var (tag, type) = ($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"", TypeOf(resource));
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

    private static string TypeOf(string resource) => Path.GetExtension(resource) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
