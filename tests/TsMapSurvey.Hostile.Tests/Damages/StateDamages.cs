namespace TsMapSurvey.Hostile.Tests;

/// <summary>What a server knows by: manifests, checkpoints, records, definitions.</summary>
internal static class StateDamages
{
    private const string Tiles = "surveys/small/tiles";
    private const string Manifest = "manifest.json";

    public static DamageGroup[] AtRest { get; } =
    [
        new DamageGroup("manifests",
            Damage.Of("a manifest is cut in half", $"{Tiles}/x000y000", Manifest, Files.Cut),
            Damage.Of("a digit of a manifest is another one", $"{Tiles}/x001y000", Manifest, Files.ChangeDigit),
            Damage.Of("a manifest is empty", $"{Tiles}/x002y000", Manifest, Files.Empty),
            Damage.Quiet("a manifest is gone", $"{Tiles}/x000y001", Manifest, File.Delete),
            Damage.Of("a manifest is that of another tile", $"{Tiles}/x001y001", Manifest, file =>
                File.Copy(file.Replace("x001y001", "x002y001", StringComparison.Ordinal), file, overwrite: true))),
        new DamageGroup("all manifests",
            new Damage("every manifest is gone", store =>
            {
                foreach (var file in Directory.GetFiles(Path.Combine(store, Tiles), Manifest, SearchOption.AllDirectories))
                    File.Delete(file);
                return null;
            })),
        new DamageGroup("checkpoints",
            Checkpoint("a bit of a checkpoint is another one", "x000y000", Files.Flip),
            Checkpoint("a checkpoint is cut in half", "x001y000", Files.Cut),
            Checkpoint("a checkpoint is gone", "x002y000", File.Delete) with { IsTold = false }),
        new DamageGroup("records of observations",
            Record("an observation's record is cut in half", "sim-0001.fits.gz", Files.Cut),
            Record("a digit of an observation's record is another one", "sim-0002.fits.gz", Files.ChangeDigit),
            Record("an observation's record is gone", "sim-0003.fits.gz", File.Delete) with { IsTold = false }),
        new DamageGroup("manifest, facts and a record",
            new Damage("manifest and facts of a tile are cut in half, and an observation's record is gone", store =>
            {
                Files.Cut(Path.Combine(store, Tiles, "x000y001", Manifest));
                Files.Cut(Files.Newest(store, "surveys/small/maps/x000y001/point", "*.json"));
                File.Delete(Path.Combine(store, "surveys/small/observations/sim-0002.fits.gz.json"));
                return null;
            })),
        new DamageGroup("definitions, foreign files and a job's record",
            Definition("another survey's definition is cut in half", "other", Files.Cut),
            Definition("another survey's definition is something else altogether", "third", Files.Garble),
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
            new Damage("all mosaics are gone", store =>
            {
                Directory.Delete(Path.Combine(store, "surveys/small/mosaics"), recursive: true);
                return null;
            }),
            new Damage("a job's record is cut in half", store =>
            {
                Files.Cut(Path.Combine(store, $"compute/{StoreTemplate.Job}/job.json"));
                return null;
            }) { Check = SaysJobAsync }) { IsOfOther = true },
    ];

    public static Damage[] InUse { get; } =
    [
        Damage.Quiet("a manifest is cut in half, in use", $"{Tiles}/x001y001", Manifest, Files.Cut),
        Damage.Quiet("a manifest is gone, in use", $"{Tiles}/x002y001", Manifest, File.Delete),
    ];

    /// <summary>A checkpoint that is read, since what was made of it is not there either.</summary>
    private static Damage Checkpoint(string name, string tile, Action<string> what) => new(name, store =>
    {
        Directory.Delete(Path.Combine(store, "surveys/small/stacks", tile), recursive: true);
        var file = Files.Newest(store, $"{Tiles}/{tile}/checkpoints", "*.ckpt");
        what(file);
        return Path.GetRelativePath(store, file);
    });

    /// <summary>The log names the observation that the record is of.</summary>
    private static Damage Record(string name, string observation, Action<string> what) => new(name, store =>
    {
        what(Path.Combine(store, "surveys/small/observations", $"{observation}.json"));
        return observation;
    });

    /// <summary>The survey whose definition is damaged says which file it is, and hides no other.</summary>
    private static Damage Definition(string name, string survey, Action<string> what) => new(name, store =>
    {
        var file = Path.Combine(store, "definitions", $"{survey}.json");
        if (!File.Exists(file)) File.Copy(SmallSky.Definitions[1], file);
        what(file);
        return null;
    })
    {
        Check = async (server, token) =>
        {
            var list = await server.SendAsync(Ask.Get("/api/surveys"), token);
            Assert.True(list.Status == 200 && list.Text.Contains("\"small\"", StringComparison.Ordinal), list.Shown);
            var damaged = await server.SendAsync(Ask.Get($"/api/surveys/{survey}"), token);
            Assert.True(damaged.Status is >= 400 and < 600
                && damaged.Text.Contains($"definitions/{survey}.json", StringComparison.Ordinal), damaged.Shown);
        },
    };

    /// <summary>The job says that its record is damaged, and another job is taken in and done with.</summary>
    private static async Task SaysJobAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var damaged = await server.SendAsync(Ask.Get($"/api/compute/{StoreTemplate.Job}"), cancellationToken);
        Assert.True(damaged.Status >= 400 && damaged.Text.Contains("damaged", StringComparison.Ordinal)
            && damaged.Text.Contains(StoreTemplate.Job, StringComparison.Ordinal), damaged.Shown);
        await StoreTemplate.ComputeAsync(server, await File.ReadAllBytesAsync(SmallSky.Observations()[0], cancellationToken));
    }
}
