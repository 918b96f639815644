using System.Text.Json;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>What is no regular file, among the observations of a server that runs.</summary>
internal static class FolderDamages
{
    /// <summary>Begins the name of what arrives after a damage: an observation of its own for each.</summary>
    private const string Later = "later-";

    private static int _arrivals;

    public static Damage[] InUse { get; } =
    [
        Of("a link to its parent lies among the observations", "loop", path => Directory.CreateSymbolicLink(path, "..")),
        Of("a link to itself lies among the observations", "self.fits", path => File.CreateSymbolicLink(path, "self.fits")),
        Of("a link to a file outside lies among the observations", "passwd.fits", path => File.CreateSymbolicLink(path, "/etc/passwd")),
        Of("a link to a folder outside lies among the observations", "etc", path => Directory.CreateSymbolicLink(path, "/etc")),
        Of("a link that leads nowhere lies among the observations", "nowhere.fits", path =>
            File.CreateSymbolicLink(path, "/nowhere/at-all.fits")),
        Of("a named pipe lies among the observations", "pipe.fits", Files.Pipe),
        Of("a folder is called as an observation", "folder.fits", path => Directory.CreateDirectory(path), isTold: false),
    ];

    /// <summary>Every other observation is found as before, this is none, and status says so.</summary>
    private static Damage Of(string name, string file, Action<string> make, bool isTold = true)
    {
        // Without the name of the damage, which the status and the log are searched for.
        var later = $"{Later}{++_arrivals}.fits";
        return new Damage(name, store =>
        {
            make(Path.Combine(store, "observations", file));
            return null;
        })
        {
            Check = CheckAsync,
            Undo = store => Remove(Path.Combine(store, "observations", file)),
        };

        async Task CheckAsync(HostileServer server, CancellationToken token)
        {
            // What arrives later is still found.
            await File.WriteAllTextAsync(Path.Combine(server.Served.Store, "observations", later), "this is no FITS file", token);
            var found = await server.UntilAsync(
                Ask.Get("/api/surveys/small/observations"), answer => answer.Status == 200 && answer.Json.EnumerateArray()
                    .Any(entry => NameOf(entry) == later && entry.GetProperty("state").GetString() == "quarantined"), token);
            Assert.Equal([later, "sim-0001.fits.gz", "sim-0002.fits.gz", "sim-0003.fits.gz", "sim-0004.fits.gz"],
                found.Json.EnumerateArray().Select(NameOf)
                    .Where(name => name == later || !name.StartsWith(Later, StringComparison.Ordinal)));
            Assert.DoesNotContain("root:", found.Text, StringComparison.Ordinal);
            if (!isTold) return;
            await server.UntilAsync(Ask.Get("/api/surveys/small/status"), answer =>
                answer.Status == 200 && answer.Text.Contains(file, StringComparison.Ordinal), token);
            await server.UntilSaidAsync(file, token);
        }
    }

    private static void Remove(string path)
    {
        if (File.GetAttributes(path).HasFlag(FileAttributes.Directory)) Directory.Delete(path);
        else File.Delete(path);
    }

    private static string NameOf(JsonElement observation) => observation.GetProperty("name").GetString()!;
}
