using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage.Layout;

/// <summary>The names of a survey's blobs, see <see cref="StoreLayout"/>.</summary>
public sealed class SurveyLayout
{
    private const string RecordEnding = ".json";
    private const string MapsFolder = "maps";
    private const string StacksFolder = "stacks";
    private const string MosaicsFolder = "mosaics";
    private const string CoverageFolder = "coverage";

    /// <exception cref="StorageException">InvalidName.</exception>
    public SurveyLayout(string survey)
    {
        BlobName.CheckSegment(survey);
        Root = $"{StoreLayout.Surveys}{survey}/";
    }

    /// <summary>The common prefix.</summary>
    public string Root { get; }

    public string Template => $"{Root}template.fits.gz";

    public string Records => $"{Root}observations/";

    public string Tiles => $"{Root}tiles/";

    /// <summary>
    /// The folders of blobs that can be computed again from the tiles' stacks, each with a predicate for such blobs in it.
    /// </summary>
    public IEnumerable<(string Folder, Predicate<string> IsDerived)> Derived
    {
        get
        {
            foreach (var folder in new[]
                { MapsFolder, StacksFolder, CoverageFolder, MosaicsFolder, HipsLayout.Folder, PublishedFolder.WindowsFolder })
                yield return ($"{Root}{folder}/", _ => true);
            yield return (Tiles, TileLayout.IsNight);
        }
    }

    /// <summary>A file that survey.json refers to.</summary>
    public string File(string name) => $"{Root}files/{name}";

    public string Record(string observation) => $"{Records}{observation}{RecordEnding}";

    /// <summary>The observation whose record a blob of <see cref="Records"/> is; null if it is not a record.</summary>
    public string? ObservationOf(string blob) =>
        blob.EndsWith(RecordEnding, StringComparison.Ordinal) ? blob[Records.Length..^RecordEnding.Length] : null;

    /// <exception cref="StorageException">InvalidName.</exception>
    public TileLayout Tile(string tile) => new(this, tile);

    /// <summary>The tile whose manifest a blob of <see cref="Tiles"/> is; null if it is not a manifest.</summary>
    public string? TileOf(string blob) => blob[Tiles.Length..].Split('/') is [var tile, TileLayout.ManifestFile] ? tile : null;

    /// <summary>A tile's maps and their facts.</summary>
    /// <param name="window">Null: all observations.</param>
    /// <exception cref="StorageException">InvalidName.</exception>
    public PublishedFolder Maps(string tile, string map, StoredWindow? window) =>
        new(Root, $"{MapsFolder}/{Segment(tile)}/{Segment(map)}", window);

    /// <summary>The prefix of the maps of all windows of a slice, or of the maps of all observations.</summary>
    /// <param name="slice">Null: all observations.</param>
    public string MapsOfSlice(string tile, string map, string? slice) =>
        PublishedFolder.OfAnyWindow(Root, $"{MapsFolder}/{Segment(tile)}/{Segment(map)}", slice);

    /// <summary>A tile's stack as a dataset.</summary>
    /// <inheritdoc cref="Maps"/>
    public PublishedFolder Stacks(string tile, StoredWindow? window) => new(Root, $"{StacksFolder}/{Segment(tile)}", window);

    /// <summary>Where a tile's stack has exposure.</summary>
    /// <inheritdoc cref="Maps"/>
    public PublishedFolder Coverage(string tile, StoredWindow? window) => new(Root, $"{CoverageFolder}/{Segment(tile)}", window);

    /// <summary>A survey-wide image of one quantity, or the survey's coverage.</summary>
    /// <param name="map">Null for sums of stacks, which do not depend on the map and have no energy bins.</param>
    /// <inheritdoc cref="Maps"/>
    public PublishedFolder Mosaics(string? map, string quantity, int energyBin, StoredWindow? window) =>
        new(Root, map is null ? $"{MosaicsFolder}/stack/{quantity}" : $"{MosaicsFolder}/{map}/{quantity}-{energyBin}", window);

    /// <summary>The HiPS of one of the survey's layers.</summary>
    /// <exception cref="StorageException">InvalidName.</exception>
    public HipsLayout Hips(string layer) => new(this, layer);

    /// <summary>The tile that published the blob, a map, stack or coverage of this survey; null for other blobs.</summary>
    public string? PublisherOf(string blob) =>
        Published(blob) is [MapsFolder or StacksFolder or CoverageFolder, var tile, _, ..] ? tile : null;

    /// <summary>Whether the blob is a mosaic of this survey.</summary>
    public bool IsMosaic(string blob) => Published(blob) is [MosaicsFolder, _, _, ..];

    /// <summary>Whether the blob belongs to a HiPS of this survey.</summary>
    public bool IsHips(string blob) => Published(blob) is [HipsLayout.Folder, _, _, ..];

    /// <summary>The folders of what the tile publishes of all observations, named by its revision.</summary>
    internal string[] PublishedBy(string tile) =>
        [.. new[] { MapsFolder, StacksFolder, CoverageFolder }.Select(folder => $"{Root}{folder}/{Segment(tile)}/")];

    /// <summary>The segments below the root, without those of a window.</summary>
    private string[] Published(string blob)
    {
        if (!blob.StartsWith(Root, StringComparison.Ordinal)) return [];
        var parts = blob[Root.Length..].Split('/');
        return parts is [PublishedFolder.WindowsFolder, _, .. var path] ? path : parts;
    }

    private static string Segment(string name)
    {
        BlobName.CheckSegment(name);
        return name;
    }
}
