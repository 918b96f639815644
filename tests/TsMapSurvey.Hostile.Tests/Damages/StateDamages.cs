namespace TsMapSurvey.Hostile.Tests;

/// <summary>What a server knows by: manifests, checkpoints, records, definitions.</summary>
internal static class StateDamages
{
    private const string Tile = "surveys/small/tiles/x000y001";
    private const string Manifest = "manifest.json";

    public static Damage[] AtRest { get; } =
    [
        Damage.Of("a manifest is cut in half", Tile, Manifest, Files.Cut),
        Damage.Of("a digit of a manifest is another one", Tile, Manifest, Files.ChangeDigit),
        Damage.Of("a manifest is empty", Tile, Manifest, Files.Empty),
        Damage.Quiet("a manifest is gone", Tile, Manifest, File.Delete),
        Damage.Of("a manifest is that of another tile", Tile, Manifest, file =>
            File.Copy(file.Replace("x000y001", "x001y001", StringComparison.Ordinal), file, overwrite: true)),
        new Damage("every manifest is gone", store =>
        {
            foreach (var file in Directory.GetFiles(Path.Combine(store, "surveys/small/tiles"), Manifest, SearchOption.AllDirectories))
                File.Delete(file);
            return null;
        }),
        Checkpoint("a bit of a checkpoint is another one", Files.Flip),
        Checkpoint("a checkpoint is cut in half", Files.Cut),
        Checkpoint("a checkpoint is gone", File.Delete) with { IsTold = false },
        Record("an observation's record is cut in half", Files.Cut),
        Record("a digit of an observation's record is another one", Files.ChangeDigit),
        Record("an observation's record is gone", File.Delete) with { IsTold = false },
        new Damage("manifest and facts of a tile are cut in half, and an observation's record is gone", store =>
        {
            Files.Cut(Path.Combine(store, Tile, Manifest));
            Files.Cut(Files.Newest(store, "surveys/small/maps/x000y001/point", "*.json"));
            File.Delete(Path.Combine(store, "surveys/small/observations/sim-0002.fits.gz.json"));
            return null;
        }),
        new Damage("another survey's definition is cut in half", store => Definition(store, "other.json", Files.Cut))
            { IsOfOther = true, Check = SaysDefinitionAsync },
        new Damage("another survey's definition is something else altogether", store => Definition(store, "other.json", Files.Garble))
            { IsOfOther = true, Check = SaysDefinitionAsync },
        new Damage("a foreign file lies among the definitions", store =>
        {
            File.WriteAllText(Path.Combine(store, "definitions/notes.json"), "{ \"not\": \"a survey\" }");
            File.WriteAllText(Path.Combine(store, "definitions/README.md"), "not a survey");
            return null;
        }),
        new Damage("foreign files lie everywhere", store =>
        {
            foreach (var folder in Directory.GetDirectories(store, "*", SearchOption.AllDirectories)
                .Where(folder => !folder.Contains("/.tsmap", StringComparison.Ordinal)))
                if (!folder.EndsWith("/definitions", StringComparison.Ordinal))
                    File.WriteAllText(Path.Combine(folder, "Thumbs.db"), "foreign");
            return null;
        }),
        new Damage("writes that were given up lie in the store", store =>
        {
            Directory.CreateDirectory(Path.Combine(store, ".tsmap/new/0123456789abcdef"));
            File.WriteAllBytes(Path.Combine(store, ".tsmap/new/0123456789abcdef/half"), new byte[100_000]);
            return null;
        }),
        new Damage("a job's record is cut in half", store =>
        {
            Files.Cut(Path.Combine(store, $"compute/{StoreTemplate.Job}/job.json"));
            return null;
        }) { Check = SaysJobAsync },
    ];

    public static Damage[] InUse { get; } =
    [
        Damage.Quiet("a manifest is cut in half, in use", Tile, Manifest, Files.Cut),
        Damage.Quiet("a manifest is gone, in use", Tile, Manifest, File.Delete),
    ];

    /// <summary>A checkpoint that is read, since what was made of it is not there either.</summary>
    private static Damage Checkpoint(string name, Action<string> what) => new(name, store =>
    {
        Directory.Delete(Path.Combine(store, "surveys/small/stacks"), recursive: true);
        var file = Files.Newest(store, $"{Tile}/checkpoints", "*.ckpt");
        what(file);
        return Path.GetRelativePath(store, file);
    });

    /// <summary>The log names the observation that the record is of.</summary>
    private static Damage Record(string name, Action<string> what) => new(name, store =>
    {
        what(Path.Combine(store, "surveys/small/observations/sim-0001.fits.gz.json"));
        return "sim-0001.fits.gz";
    });

    private static string? Definition(string store, string file, Action<string> what)
    {
        what(Path.Combine(store, "definitions", file));
        return null;
    }

    /// <summary>The survey whose definition is damaged says which file it is, and hides no other.</summary>
    private static async Task SaysDefinitionAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var list = await server.SendAsync(Ask.Get("/api/surveys"), cancellationToken);
        Assert.True(list.Status == 200 && list.Text.Contains("\"small\"", StringComparison.Ordinal), list.Shown);
        var other = await server.SendAsync(Ask.Get("/api/surveys/other"), cancellationToken);
        Assert.True(
            other.Status is >= 400 and < 600 && other.Text.Contains("definitions/other.json", StringComparison.Ordinal), other.Shown);
    }

    /// <summary>The job says that its record is damaged, and another job is taken in and done with.</summary>
    private static async Task SaysJobAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var damaged = await server.SendAsync(Ask.Get($"/api/compute/{StoreTemplate.Job}"), cancellationToken);
        Assert.True(damaged.Status >= 400 && damaged.Text.Contains("damaged", StringComparison.Ordinal)
            && damaged.Text.Contains(StoreTemplate.Job, StringComparison.Ordinal), damaged.Shown);
        await StoreTemplate.ComputeAsync(server, await File.ReadAllBytesAsync(SmallSky.Observations()[0], cancellationToken));
    }
}
