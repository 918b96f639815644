namespace TsMapSurvey.Server.Tests;

/// <summary>The start page as rendered by a browser after some seconds.</summary>
internal static class Page
{
    public static string Open(Uri server, string path) => Run(server, path).Output;

    /// <summary>What the page's console got: messages of scripts and complaints of the browser, one a line.</summary>
    public static string[] Console(Uri server, string path) =>
        [.. Run(server, path, "--enable-logging=stderr").Error.Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))];

    private static ToolResult Run(Uri server, string path, params string[] more)
    {
        var chromium = Tools.Need("chromium", "apt-get install chromium");
        using var profile = new TemporaryFolder();
        var run = Tools.Run(chromium,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
            $"--user-data-dir={profile.Path}", "--virtual-time-budget=8000", "--dump-dom", .. more, new Uri(server, path).ToString(),
        ]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }
}
