using System.Globalization;

namespace TsMapSurvey.Storage.Layout;

/// <summary>The names of a tile's blobs, see <see cref="StoreLayout"/>.</summary>
public sealed class TileLayout
{
    internal const string ManifestFile = "manifest.json";
    private const string CheckpointEnding = ".ckpt";
    private const string LedgerEnding = ".ledger.json";
    private const string NightsFolder = "epochs";
    private readonly string _root;

    internal TileLayout(SurveyLayout survey, string tile)
    {
        BlobName.CheckSegment(tile);
        _root = $"{survey.Tiles}{tile}/";
    }

    public string Manifest => _root + ManifestFile;

    public string Checkpoints => $"{_root}checkpoints/";

    /// <summary>The sums of the tile's nights.</summary>
    public string Nights => $"{_root}{NightsFolder}/";

    /// <exception cref="StorageException">InvalidName.</exception>
    public string Checkpoint(long revision, string commitId) => Stem(revision, commitId) + CheckpointEnding;

    /// <summary>The ledger, which is written before the checkpoint and deleted with it.</summary>
    public string Ledger(long revision, string commitId) => Stem(revision, commitId) + LedgerEnding;

    /// <summary>The ledger of a checkpoint that a manifest names.</summary>
    public static string LedgerOf(string checkpoint) => Path.ChangeExtension(checkpoint, null) + LedgerEnding;

    public static bool IsCheckpoint(string blob) => blob.EndsWith(CheckpointEnding, StringComparison.Ordinal);

    /// <summary>The common prefix of a checkpoint and its ledger.</summary>
    public static string StemOf(string checkpoint) => Path.ChangeExtension(checkpoint, null) + ".";

    public string NightFolder(int night) => FormattableString.Invariant($"{Nights}{night:D6}/");

    /// <param name="digest">A hash of the night's observations.</param>
    public string Night(int night, string digest) => NightFolder(night) + digest + CheckpointEnding;

    /// <summary>Parses a blob's name in <see cref="Nights"/>; the night is null if the name has none.</summary>
    public (int? Night, string Digest) NightOf(string blob)
    {
        var isNight = int.TryParse(blob[Nights.Length..].Split('/')[0], CultureInfo.InvariantCulture, out var night);
        return (isNight ? night : null, Path.GetFileNameWithoutExtension(blob));
    }

    internal static bool IsNight(string blob) => blob.Contains($"/{NightsFolder}/", StringComparison.Ordinal);

    private string Stem(long revision, string commitId)
    {
        BlobName.CheckSegment(commitId);
        return $"{Checkpoints}{RevisionName.Of(revision)}-{commitId}";
    }
}
