using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage.Layout;

/// <summary>
/// A folder of published blobs, whose names begin with their revision. What is made of all observations lies in <c>surveys/S/PATH/</c>,
/// what is made of a window in <c>surveys/S/windows/SLICE/PATH/NIGHT/</c> by its last night. In each the revisions count for themselves.
/// </summary>
public sealed class PublishedFolder
{
    internal const string WindowsFolder = "windows";
    private const string FactsEnding = ".json";

    internal PublishedFolder(string root, string path, StoredWindow? window)
    {
        (IsOfWindow, OfSlice) = (window is not null, OfAnyWindow(root, path, window?.Slice));
        Name = window is null ? OfSlice : FormattableString.Invariant($"{OfSlice}{window.LastNight:D6}/");
    }

    /// <summary>With a slash at the end.</summary>
    public string Name { get; }

    /// <summary>What the folders of all windows of the slice start with.</summary>
    public string OfSlice { get; }

    public bool IsOfWindow { get; }

    public string Map(long revision) => $"{Name}{RevisionName.Of(revision)}.fits";

    public string Facts(long revision) => $"{Name}{RevisionName.Of(revision)}{FactsEnding}";

    public string Stack(long revision) => $"{Name}{RevisionName.Of(revision)}.fits.gz";

    /// <param name="parts">A hash of which tile is in it with which revision.</param>
    public string Mosaic(long revision, string parts) => $"{Name}{RevisionName.Of(revision)}.{parts}.fits.gz";

    /// <summary>The facts of a map, by the map's name.</summary>
    public static string FactsOf(string map) => Path.ChangeExtension(map, FactsEnding);

    /// <summary>Whether a published blob is a document, and no FITS.</summary>
    public static bool IsDocument(string blob) => blob.EndsWith(FactsEnding, StringComparison.Ordinal);

    /// <summary>The names of a published blob and of those beside it that are of the same revision start with this.</summary>
    public static string StemOf(string blob) => blob[..(blob.IndexOf('.', blob.LastIndexOf('/')) + 1)];

    /// <param name="slice">Null: of all observations.</param>
    internal static string OfAnyWindow(string root, string path, string? slice) =>
        slice is null ? $"{root}{path}/" : $"{root}{WindowsFolder}/{slice}/{path}/";
}
