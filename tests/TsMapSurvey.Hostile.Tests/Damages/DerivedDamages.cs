namespace TsMapSurvey.Hostile.Tests;

/// <summary>What a server has made of observations: it is made again.</summary>
internal static class DerivedDamages
{
    private const string Tile = "x000y001";
    private const string Maps = $"surveys/small/maps/{Tile}/point";
    private const string Mosaics = "surveys/small/mosaics/point/sqrt_ts-0";
    private const string Counts = "surveys/small/mosaics/stack/counts";
    private const string Stacks = $"surveys/small/stacks/{Tile}";

    /// <summary>Found by a server that starts on the store.</summary>
    public static Damage[] AtRest { get; } =
    [
        Damage.Of("a tile's facts are cut in half", Maps, "*.json", Files.Cut),
        Damage.Of("a digit of a tile's facts is another one", Maps, "*.json", Files.ChangeDigit),
        Damage.Of("a tile's facts are empty", Maps, "*.json", Files.Empty),
        Damage.Quiet("a tile's facts are gone", Maps, "*.json", File.Delete),
        Damage.Of("a bit of a tile's map is another one", Maps, "*.fits", Files.Flip),
        Damage.Of("a tile's map is cut in half", Maps, "*.fits", Files.Cut),
        Damage.Of("a tile's map is something else altogether", Maps, "*.fits", Files.Garble),
        Damage.Quiet("a tile's map is gone, its facts are there", Maps, "*.fits", File.Delete),
        Damage.Of("a bit of the mosaic is another one", Mosaics, "*.fits.gz", Files.Flip),
        Damage.Of("the mosaic is cut in half", Mosaics, "*.fits.gz", Files.Cut),
        Damage.Of("the mosaic is empty", Mosaics, "*.fits.gz", Files.Empty),
        Damage.Quiet("all mosaics are gone", "surveys/small/mosaics/point/sqrt_ts-0", "*.fits.gz", file =>
            Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(file)!)!)!, recursive: true)),
        Damage.Of("a bit of a stack's export is another one", Stacks, "*.fits.gz", Files.Flip),
        Damage.Of("a stack's export is cut in half", Stacks, "*.fits.gz", Files.Cut),
        new Damage("the maps and facts of every tile are gone", store =>
        {
            Directory.Delete(Path.Combine(store, "surveys/small/maps"), recursive: true);
            return null;
        }),
        new Damage("a bit of a job's maps is another one", store =>
        {
            var file = Path.Combine(store, $"compute/{StoreTemplate.Job}/flux.maps");
            Files.Flip(file);
            return Path.GetRelativePath(store, file);
        }) { Check = StoreTemplate.Right.AssertJobAsync },
    ];

    /// <summary>Found by the server that wrote them.</summary>
    public static Damage[] InUse { get; } =
    [
        Damage.Quiet("a bit of a tile's map is another one, in use", Maps, "*.fits", Files.Flip),
        Damage.Quiet("a tile's map is empty, in use", Maps, "*.fits", Files.Empty),
        Damage.Quiet("a tile's map is gone, in use", Maps, "*.fits", File.Delete),
        Damage.Quiet("a bit of the mosaic is another one, in use", Counts, "*.fits.gz", Files.Flip),
        Damage.Quiet("the mosaic is gone, in use", Counts, "*.fits.gz", File.Delete),
        Damage.Quiet("a stack's export is empty, in use", Stacks, "*.fits.gz", Files.Empty),
        Damage.Quiet("a tile's facts are gone, in use", Maps, "*.json", File.Delete),
    ];
}
