using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage.Layout;

/// <summary>The names of a survey's blobs; <see cref="StoreLayout"/> draws them all.</summary>
public sealed class SurveyLayout
{
    private const string RecordEnding = ".json";
    private const string MapsFolder = "maps";
    private const string StacksFolder = "stacks";
    private const string MosaicsFolder = "mosaics";

    /// <exception cref="StorageException">InvalidName.</exception>
    public SurveyLayout(string survey)
    {
        BlobName.CheckSegment(survey);
        Root = $"{StoreLayout.Surveys}{survey}/";
    }

    /// <summary>What all of them start with.</summary>
    public string Root { get; }

    public string Template => $"{Root}template.fits.gz";

    public string Records => $"{Root}observations/";

    public string Tiles => $"{Root}tiles/";

    /// <summary>
    /// The folders of what is published or kept beside the tiles and can be made again of their stacks, and for each whether a blob in it
    /// is such.
    /// </summary>
    public IEnumerable<(string Folder, Predicate<string> IsDerived)> Derived
    {
        get
        {
            foreach (var folder in new[] { MapsFolder, StacksFolder, MosaicsFolder, PublishedFolder.WindowsFolder })
                yield return ($"{Root}{folder}/", _ => true);
            yield return (Tiles, TileLayout.IsNight);
        }
    }

    /// <summary>A file that a survey.json named beside it.</summary>
    public string File(string name) => $"{Root}files/{name}";

    public string Record(string observation) => $"{Records}{observation}{RecordEnding}";

    /// <summary>The observation whose record a blob of <see cref="Records"/> is; null where it is none.</summary>
    public string? ObservationOf(string blob) =>
        blob.EndsWith(RecordEnding, StringComparison.Ordinal) ? blob[Records.Length..^RecordEnding.Length] : null;

    /// <exception cref="StorageException">InvalidName.</exception>
    public TileLayout Tile(string tile) => new(this, tile);

    /// <summary>The tile whose manifest a blob of <see cref="Tiles"/> is; null where it is none.</summary>
    public string? TileOf(string blob) => blob[Tiles.Length..].Split('/') is [var tile, TileLayout.ManifestFile] ? tile : null;

    /// <summary>The maps of a tile and their facts.</summary>
    /// <param name="window">Null: of all observations.</param>
    /// <exception cref="StorageException">InvalidName.</exception>
    public PublishedFolder Maps(string tile, string map, StoredWindow? window) =>
        new(Root, $"{MapsFolder}/{Segment(tile)}/{Segment(map)}", window);

    /// <summary>The maps of all windows of a slice, or those of all observations.</summary>
    /// <param name="slice">Null: of all observations.</param>
    public string MapsOfSlice(string tile, string map, string? slice) =>
        PublishedFolder.OfAnyWindow(Root, $"{MapsFolder}/{Segment(tile)}/{Segment(map)}", slice);

    /// <summary>A tile's stack as a dataset.</summary>
    /// <inheritdoc cref="Maps"/>
    public PublishedFolder Stacks(string tile, StoredWindow? window) => new(Root, $"{StacksFolder}/{Segment(tile)}", window);

    /// <summary>A quantity of the whole survey.</summary>
    /// <param name="map">Null for what stacks sum up, which is the same for every map and has no energy bins.</param>
    /// <inheritdoc cref="Maps"/>
    public PublishedFolder Mosaics(string? map, string quantity, int energyBin, StoredWindow? window) =>
        new(Root, map is null ? $"{MosaicsFolder}/stack/{quantity}" : $"{MosaicsFolder}/{map}/{quantity}-{energyBin}", window);

    /// <summary>The tile that has published a blob, a map or a stack; null where none of the survey has.</summary>
    public string? PublisherOf(string blob) => Published(blob) is [MapsFolder or StacksFolder, var tile, _, ..] ? tile : null;

    /// <summary>Whether a blob is a mosaic of the survey.</summary>
    public bool IsMosaic(string blob) => Published(blob) is [MosaicsFolder, _, _, ..];

    /// <summary>The folders of what a tile has published of all observations.</summary>
    internal string[] PublishedBy(string tile) => [$"{Root}{MapsFolder}/{Segment(tile)}/", $"{Root}{StacksFolder}/{Segment(tile)}/"];

    /// <summary>The segments of a name below the root, as they are without a window.</summary>
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
