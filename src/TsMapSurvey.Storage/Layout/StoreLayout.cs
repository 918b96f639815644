using System.Security.Cryptography;
using System.Text;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage.Layout;

/// <summary>
/// The names of all blobs that the service writes. Only the types of this folder build and parse such names.
/// <code>
/// definitions/SURVEY.json                                     <see cref="DefinitionStore"/>
/// definitions/SURVEY.deleted                                  <see cref="DeletionMark"/>
/// surveys/SURVEY/...                                          <see cref="SurveyLayout"/>
///   template.fits.gz  files/FILE                              axes and IRF grid of every stack; files named by survey.json
///   observations/NAME.json                                    <see cref="ObservationRecord"/>
///   tiles/TILE/...                                            <see cref="TileLayout"/>
///     manifest.json                                           <see cref="TileManifest"/>
///     checkpoints/REVISION-COMMIT.ckpt, .ledger.json          a stack, and its <see cref="StoredLedger"/>
///     epochs/NIGHT/DIGEST.ckpt                                the sum of a night's observations
///   maps/TILE/MAP/REVISION.fits, .json                        FluxMaps and their <see cref="MapFacts"/>
///   stacks/TILE/REVISION.fits.gz                              a stack as a MapDataset
///   hips/LAYER/index/REVISION.PARTS.json                      <see cref="HipsIndex"/>
///   hips/LAYER/ORDER/CELL/REVISION.PARTS.fits.gz              a HiPS tile made of others
///   coverage/TILE/REVISION.moc.fits                           where the stack has exposure, as a MOC
///   mosaics/MAP/QUANTITY-BIN/REVISION.PARTS.fits.gz           of sums of stacks and coverage: mosaics/stack/QUANTITY/
///   windows/SLICE/(maps|stacks|coverage|mosaics)/.../NIGHT/... the same of a slice, by its last night
/// compute/JOB/...                                             <see cref="JobLayout"/>
///   job.json  flux.maps                                       <see cref="ComputeRecord"/>, the result
///   datasets/N.dataset  blocks/N.block, .json                 uploads; row blocks and their <see cref="BlockFacts"/>
/// clusters/HASH.json                                          <see cref="ClusterNote"/>
/// </code>
/// A REVISION has ten digits, so that names sort by it. Checkpoints and published blobs are immutable.
/// </summary>
public static class StoreLayout
{
    /// <summary>Separate from the surveys' many blobs, so that listing the definitions is fast.</summary>
    public const string Definitions = "definitions/";

    public const string Clusters = "clusters/";
    internal const string Surveys = "surveys/";
    internal const string Jobs = "compute/";
    private const string DefinitionEnding = ".json";

    /// <summary>Prefixes that observations must not have, since the service's own FITS files are there.</summary>
    public static IReadOnlyList<string> Reserved { get; } = [Definitions, Surveys, Jobs];

    public static string Definition(string survey) => $"{Definitions}{survey}{DefinitionEnding}";

    public static string DeletionMark(string survey) => $"{Definitions}{survey}.deleted";

    /// <summary>Whether the store allows the name for a survey; the survey definition's rules are stricter.</summary>
    public static bool CanNameSurvey(string name) =>
        !name.Contains('/', StringComparison.Ordinal) && BlobName.Fault(DeletionMark(name)) is null;

    /// <summary>The survey whose definition the blob is; null for other blobs.</summary>
    public static string? SurveyOf(string blob) =>
        blob.StartsWith(Definitions, StringComparison.Ordinal) && blob.EndsWith(DefinitionEnding, StringComparison.Ordinal)
        && !blob.AsSpan(Definitions.Length).Contains('/') ? blob[Definitions.Length..^DefinitionEnding.Length] : null;

    /// <summary>The note of a cluster: one for each pair of a cluster name and a clustering address.</summary>
    public static string ClusterNote(string cluster, string clustering) =>
        $"{Clusters}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cluster}\n{clustering}")))[..16]}.json";
}
