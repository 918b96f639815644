using Microsoft.Playwright;
using TsMapSurvey.Server.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>
/// Debian's Chromium for all tests, started when one first needs it: with WebGL in software, and once more without WebGL.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    // No request of the browser's own, and no address but the server's.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private static readonly string[] Software = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
    private static readonly string[] WithoutWebGl = ["--disable-gpu", "--disable-3d-apis"];
    private readonly SemaphoreSlim _lock = new(1);
    private readonly Dictionary<bool, IBrowser> _browsers = [];
    private IPlaywright? _playwright;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers.Values) await browser.CloseAsync();
        _playwright?.Dispose();
        _lock.Dispose();
    }

    /// <summary>Opens a page and waits until its map is drawn; skips (in CI: fails) the running test without Chromium.</summary>
    internal async Task<OpenPage> OpenAsync(
        Uri server, string path, int width = 1100, int height = 700, bool isDark = false, bool hasWebGl = true, bool isDrawn = true)
    {
        var browser = await BrowserAsync(hasWebGl);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            // Every frame of a transition is drawn in software.
            ReducedMotion = ReducedMotion.Reduce,
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(120_000);
        var page = new OpenPage(context, await context.NewPageAsync(), server);
        await page.GoAsync(path);
        if (isDrawn) await page.DrawnAsync();
        return page;
    }

    private async Task<IBrowser> BrowserAsync(bool hasWebGl)
    {
        var program = Tools.Need("chromium", "apt-get install chromium");
        await _lock.WaitAsync();
        try
        {
            if (_browsers.TryGetValue(hasWebGl, out var known)) return known;
            _playwright ??= await Playwright.CreateAsync();
            return _browsers[hasWebGl] = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Args = [.. Arguments, .. hasWebGl ? Software : WithoutWebGl],
                Timeout = 120_000,
            });
        }
        finally
        {
            _lock.Release();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<StackedServer>
{
    public const string Name = "browser";
}
