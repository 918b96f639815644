namespace TsMapSurvey.Server.Tests;

/// <summary>The start page as rendered by a browser after some seconds.</summary>
internal static class Page
{
    public static string Open(Uri server, string path)
    {
        var chromium = Tools.Need("chromium", "apt-get install chromium");
        using var profile = new TemporaryFolder();
        var run = Tools.Run(chromium,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
            $"--user-data-dir={profile.Path}", "--virtual-time-budget=8000", "--dump-dom", new Uri(server, path).ToString(),
        ]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
