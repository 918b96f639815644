using System.Globalization;
using System.Net;
using Azure.Storage;
using Azure.Storage.Sas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace TsMapSurvey.Chaos;

/// <summary>
/// A proxy in front of the storage emulator with a door for every sender, which does to requests what the weather says. Requests come
/// signed with the account's key, and the signature covers the conditions; so that these can be taken off, the proxy signs anew, with a
/// shared access signature in the address.
/// </summary>
internal sealed class FaultyStorage : IAsyncDisposable
{
    private static readonly string[] NotForwarded =
        ["Host", "Authorization", "Connection", "Expect", "Transfer-Encoding", "Content-Length", "Keep-Alive"];
    private readonly HttpClient _storage = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    { Timeout = TimeSpan.FromMinutes(1) };
    private readonly WebApplication _app;
    private readonly string _signature;
    private readonly Uri _target;

    private FaultyStorage(WebApplication app, Uri target, string signature) => (_app, _target, _signature) = (app, target, signature);

    /// <summary>Whatever happens now; another one for each run.</summary>
    public Weather Weather { get; set; } = new(0);

    /// <summary>The commits that came through; others for each run.</summary>
    public SeenCommits Commits { get; set; } = new();

    /// <summary>The account's address at each door.</summary>
    public IReadOnlyList<string> Doors { get; private set; } = [];

    public static async Task<FaultyStorage> StartAsync(Azurite azurite, int doors)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            for (var door = 0; door < doors; door++) kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var keys = azurite.ConnectionString.Split(';').Where(part => part.Contains('=')).Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part[1]);
        var sas = new AccountSasBuilder(
            AccountSasPermissions.All, DateTimeOffset.UtcNow.AddDays(7), AccountSasServices.Blobs, AccountSasResourceTypes.All);
        var proxy = new FaultyStorage(app, new Uri(azurite.BlobUrl),
            sas.ToSasQueryParameters(new StorageSharedKeyCredential(keys["AccountName"], keys["AccountKey"])).ToString());
        app.Run(proxy.ServeAsync);
        await app.StartAsync();
        var server = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>();
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        proxy.Doors = [.. addresses.Select(address => $"{address}{proxy._target.AbsolutePath}")];
        proxy._ports = [.. addresses.Select(address => new Uri(address).Port)];
        return proxy;
    }

    private int[] _ports = [];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _storage.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var (weather, commits, request) = (Weather, Commits, context.Request);
        var isWrite = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        var isConditional = request.Headers.ContainsKey("If-Match") || request.Headers.ContainsKey("If-None-Match");
        var isManifest = HttpMethods.IsPut(request.Method) && request.Path.Value!.EndsWith("manifest.json", StringComparison.Ordinal);
        var fault = weather.Strike(Array.IndexOf(_ports, context.Connection.LocalPort), isWrite, isConditional, isManifest);
        if (fault == StorageFault.Reset)
        {
            context.Abort();
            return;
        }

        using var forwarded = await CopyAsync(context, weather.TakesConditions && isWrite);
        if (fault is StorageFault.Refused or StorageFault.Mismatch)
        {
            await RefuseAsync(context, fault == StorageFault.Mismatch
                ? (412, "ConditionNotMet") : weather.Roll() < 0.5 ? (500, "InternalError") : (503, "ServerBusy"));
            return;
        }

        if (fault is StorageFault.Slow) await Task.Delay(TimeSpan.FromSeconds(0.05 + weather.Roll() * 0.45));
        if (fault is StorageFault.LateWrite) await weather.HoldBackAsync(request.Path);
        // Not cancelled with the connection: what was sent is on its way.
        using var answer = await _storage.SendAsync(forwarded);
        if (isWrite && answer.IsSuccessStatusCode) weather.Written(request.Path);
        if (isManifest && answer.IsSuccessStatusCode) commits.Written(request.Path, await forwarded.Content!.ReadAsByteArrayAsync());
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (fault == StorageFault.LostAnswer) context.Abort();
        else if (fault == StorageFault.FalseAnswer) await RefuseAsync(context, (500, "InternalError"));
        else await AnswerAsync(context, answer, body, fault);
    }

    private async Task<HttpRequestMessage> CopyAsync(HttpContext context, bool withoutConditions)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var copy = new HttpRequestMessage(new HttpMethod(request.Method),
            new Uri($"{_target.GetLeftPart(UriPartial.Authority)}{target}{(target.Contains('?') ? '&' : '?')}{_signature}"));
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (body.Length > 0 || HttpMethods.IsPut(request.Method)) copy.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in request.Headers)
        {
            if (NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase)
                || (withoutConditions && name is "If-Match" or "If-None-Match")) continue;
            if (!copy.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                copy.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        return copy;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, byte[] body, StorageFault fault)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive" or "Content-Length"))
                context.Response.Headers[name] = values.ToArray();
        if (HttpMethods.IsHead(context.Request.Method)) context.Response.ContentLength = answer.Content.Headers.ContentLength;
        else if (answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
            context.Response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method) || body.Length == 0) return;
        if (fault == StorageFault.CutBody)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        var drop = fault == StorageFault.Drops ? body.Length / 6 + 1 : body.Length;
        for (var sent = 0; sent < body.Length && !context.RequestAborted.IsCancellationRequested; sent += drop)
        {
            if (sent > 0) await Task.Delay(80);
            await context.Response.Body.WriteAsync(body.AsMemory(sent, Math.Min(drop, body.Length - sent)));
            await context.Response.Body.FlushAsync();
        }
    }

    private static Task RefuseAsync(HttpContext context, (int Status, string Code) with)
    {
        context.Response.StatusCode = with.Status;
        context.Response.Headers["x-ms-error-code"] = with.Code;
        context.Response.ContentType = "application/xml";
        var body = string.Create(CultureInfo.InvariantCulture,
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{with.Code}</Code><Message>as the weather is</Message></Error>");
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(body);
    }
}
