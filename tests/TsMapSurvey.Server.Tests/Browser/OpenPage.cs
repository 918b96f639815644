using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>The server's page in a browser, and what the browser complained about.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _server;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _strangers = new();

    public OpenPage(IBrowserContext context, IPage page, Uri server)
    {
        (_context, Page, _server) = (context, page, server);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        context.Request += (_, request) =>
        {
            var isOwn = request.Url.StartsWith(server.GetLeftPart(UriPartial.Authority) + "/", StringComparison.Ordinal);
            if (!isOwn && new Uri(request.Url).Scheme is not ("data" or "blob" or "about")) _strangers.Enqueue(request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>The parameters of the page's URL.</summary>
    public IReadOnlyDictionary<string, string> Chosen => new Uri(Page.Url).Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_server, path).ToString());

    public async Task DrawnAsync() => await Page.WaitForSelectorAsync("#frame[data-drawn]");

    public Task<string> TextAsync(string selector) => Page.Locator(selector).InnerTextAsync();

    /// <summary>The values of the position panel by their titles, once it has those of another position than before.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PositionAsync()
    {
        await Page.WaitForSelectorAsync("#point dl.main-values");
        return await Page.EvaluateAsync<Dictionary<string, string>>(
            "() => Object.fromEntries([...document.querySelectorAll('#point dl > div')].map(one => [one.children[0].textContent, "
            + "one.children[1].textContent]))");
    }

    /// <summary>Waits until the URL's parameter is set and fulfils a condition in JavaScript on <c>value</c>.</summary>
    public Task ChosenAsync(string name, string condition = "true") => Page.WaitForFunctionAsync(
        $"() => {{ const value = new URLSearchParams(location.search).get('{name}'); return value !== null && ({condition}); }}");

    /// <summary>Nothing was asked of another server, and the console has no error or warning.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(_strangers);
        var complaints = _complaints.Where(one => !one.Contains("GPU stall due to ReadPixels", StringComparison.Ordinal)
            && !IsOfMissingTile(one)).ToArray();
        Assert.True(complaints.Length == 0, string.Join('\n', complaints));
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    // A HiPS answers 404 for tiles outside its coverage; Aladin Lite asks for some of them before it has read the coverage.
    private static bool IsOfMissingTile(string complaint) =>
        complaint.Contains("status of 404", StringComparison.Ordinal) && complaint.Contains("/Npix", StringComparison.Ordinal);
}
