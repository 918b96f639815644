using System.Globalization;

namespace TsMapSurvey.Storage.Layout;

/// <summary>The names of the blobs of a layer's HiPS, see <see cref="StoreLayout"/>.</summary>
public sealed class HipsLayout
{
    internal const string Folder = "hips";
    private const string IndexFolder = "index";
    private const int DigestLength = 16;
    private readonly string _root;

    internal HipsLayout(SurveyLayout survey, string layer)
    {
        BlobName.CheckSegment(layer);
        _root = $"{survey.Root}{Folder}/{layer}/";
    }

    /// <summary>The folder of its versions.</summary>
    public string Indices => $"{_root}{IndexFolder}/";

    /// <summary>A version of the HiPS.</summary>
    /// <param name="version">From <see cref="Version"/>.</param>
    /// <exception cref="StorageException">InvalidName.</exception>
    public string Index(string version)
    {
        BlobName.CheckSegment(version);
        var cut = version.IndexOf('-', StringComparison.Ordinal);
        return $"{Indices}{RevisionName.Of(long.Parse(version.AsSpan(0, cut), CultureInfo.InvariantCulture))}.{version[(cut + 1)..]}.json";
    }

    /// <summary>The versions of a tile that is made of others.</summary>
    public string Tile(int order, long index) => string.Create(CultureInfo.InvariantCulture, $"{_root}{order}/{index}/");

    /// <summary>The versions of a tile of a cube that is made of others. Its order of frequency follows from that of the sky.</summary>
    public string CubeTile(int order, long index, long frequencyIndex) =>
        string.Create(CultureInfo.InvariantCulture, $"{_root}{order}/{index}_{frequencyIndex}/");

    /// <summary>One of the versions of a tile.</summary>
    /// <param name="folder"><see cref="Tile"/> or <see cref="CubeTile"/>.</param>
    /// <param name="revision">Sum of the revisions of the survey's tiles in it.</param>
    /// <param name="digest">A hash of these tiles.</param>
    public static string InFolder(string folder, long revision, string digest) => $"{folder}{RevisionName.Of(revision)}.{digest}.fits.gz";

    /// <summary>The name of a version in URLs: its revision and the hash of its parts.</summary>
    public static string Version(long revision, string digest) => string.Create(CultureInfo.InvariantCulture, $"{revision}-{digest}");

    /// <summary>Whether a text from outside has the form of <see cref="Version"/>.</summary>
    public static bool IsVersion(string text)
    {
        var cut = text.IndexOf('-', StringComparison.Ordinal);
        return cut is > 0 and <= RevisionName.Digits && text.Length == cut + 1 + DigestLength && text[0] != '0'
            && text.AsSpan(0, cut).IndexOfAnyExceptInRange('0', '9') < 0
            && text.Skip(cut + 1).All(char.IsAsciiHexDigitLower);
    }
}
