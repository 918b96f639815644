namespace TsMapSurvey.Hostile.Tests;

/// <summary>What a server has made of observations: it is made again.</summary>
internal static class DerivedDamages
{
    private const string Exports = "surveys/small/stacks";

    /// <summary>Found by a server that starts on the store.</summary>
    public static DamageGroup[] AtRest { get; } =
    [
        new DamageGroup("facts of tiles",
            Damage.Of("a tile's facts are cut in half", MapsOf("x000y000"), "*.json", Files.Cut),
            Damage.Of("a digit of a tile's facts is another one", MapsOf("x001y000"), "*.json", Files.ChangeDigit),
            Damage.Of("a tile's facts are empty", MapsOf("x002y000"), "*.json", Files.Empty),
            Damage.Quiet("a tile's facts are gone", MapsOf("x000y001"), "*.json", File.Delete)),
        new DamageGroup("maps of tiles",
            Damage.Of("a bit of a tile's map is another one", MapsOf("x000y000"), "*.fits", Files.Flip),
            Damage.Of("a tile's map is cut in half", MapsOf("x001y000"), "*.fits", Files.Cut),
            Damage.Of("a tile's map is something else altogether", MapsOf("x002y000"), "*.fits", Files.Garble),
            Damage.Quiet("a tile's map is gone, its facts are there", MapsOf("x000y001"), "*.fits", File.Delete)),
        new DamageGroup("mosaics, exports of stacks and maps of a job",
            Damage.Of("a bit of the mosaic is another one", MosaicsOf("small", "point/sqrt_ts-0"), "*.fits.gz", Files.Flip),
            Damage.Of("the mosaic is cut in half", MosaicsOf("small", "stack/counts"), "*.fits.gz", Files.Cut),
            Damage.Of("the mosaic is empty", MosaicsOf("other", "point/sqrt_ts-0"), "*.fits.gz", Files.Empty),
            Damage.Of("a bit of a stack's export is another one", $"{Exports}/x000y000", "*.fits.gz", Files.Flip),
            Damage.Of("a stack's export is cut in half", $"{Exports}/x001y000", "*.fits.gz", Files.Cut),
            new Damage("a bit of a job's maps is another one", store =>
            {
                var file = Path.Combine(store, $"compute/{StoreTemplate.Job}/flux.maps");
                Files.Flip(file);
                return Path.GetRelativePath(store, file);
            }) { Check = StoreTemplate.Right.AssertJobAsync }),
        new DamageGroup("everything made of the stacks is gone",
            new Damage("the maps and facts of every tile are gone", store =>
            {
                Directory.Delete(Path.Combine(store, "surveys/small/maps"), recursive: true);
                return null;
            }),
            new Damage("all mosaics of another survey are gone", store =>
            {
                Directory.Delete(Path.Combine(store, "surveys/other/mosaics"), recursive: true);
                return null;
            })),
    ];

    /// <summary>Found by the server that wrote them.</summary>
    public static Damage[] InUse { get; } =
    [
        Damage.Quiet("a bit of a tile's map is another one, in use", MapsOf("x000y000"), "*.fits", Files.Flip),
        Damage.Quiet("a tile's map is empty, in use", MapsOf("x001y000"), "*.fits", Files.Empty),
        Damage.Quiet("a tile's map is gone, in use", MapsOf("x002y000"), "*.fits", File.Delete),
        Damage.Quiet("a bit of the mosaic is another one, in use", MosaicsOf("small", "stack/counts"), "*.fits.gz", Files.Flip),
        Damage.Quiet("the mosaic is gone, in use", MosaicsOf("other", "stack/counts"), "*.fits.gz", File.Delete),
        Damage.Quiet("a stack's export is empty, in use", $"{Exports}/x000y001", "*.fits.gz", Files.Empty),
        Damage.Quiet("a tile's facts are gone, in use", MapsOf("x000y001"), "*.json", File.Delete),
    ];

    private static string MapsOf(string tile) => $"surveys/small/maps/{tile}/point";

    private static string MosaicsOf(string survey, string folder) => $"surveys/{survey}/mosaics/{folder}";
}
