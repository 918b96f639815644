using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage.Layout;

/// <summary>
/// A folder of published blobs, whose names begin with their revision. Results of all observations are in <c>surveys/S/PATH/</c>, those of
/// a window in <c>surveys/S/windows/SLICE/PATH/NIGHT/</c>, where NIGHT is its last night. Revisions are counted separately in each.
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

    /// <summary>With a trailing slash.</summary>
    public string Name { get; }

    /// <summary>The prefix of the folders of all windows of the slice.</summary>
    public string OfSlice { get; }

    public bool IsOfWindow { get; }

    public string Map(long revision) => $"{Name}{RevisionName.Of(revision)}.fits";

    public string Facts(long revision) => $"{Name}{RevisionName.Of(revision)}{FactsEnding}";

    public string Stack(long revision) => $"{Name}{RevisionName.Of(revision)}.fits.gz";

    public string Coverage(long revision) => $"{Name}{RevisionName.Of(revision)}.moc.fits";

    /// <param name="parts">A hash of the tiles in it and their revisions.</param>
    /// <param name="ending">Of the file's name, without a leading dot.</param>
    public string Mosaic(long revision, string parts, string ending = "fits.gz") => $"{Name}{RevisionName.Of(revision)}.{parts}.{ending}";

    /// <summary>The name of a map's facts.</summary>
    public static string FactsOf(string map) => Path.ChangeExtension(map, FactsEnding);

    /// <summary>Whether a published blob is JSON rather than FITS.</summary>
    public static bool IsDocument(string blob) => blob.EndsWith(FactsEnding, StringComparison.Ordinal);

    /// <summary>The common prefix of a published blob and the other blobs of its revision.</summary>
    public static string StemOf(string blob) => blob[..(blob.IndexOf('.', blob.LastIndexOf('/')) + 1)];

    /// <param name="slice">Null: all observations.</param>
    internal static string OfAnyWindow(string root, string path, string? slice) =>
        slice is null ? $"{root}{path}/" : $"{root}{WindowsFolder}/{slice}/{path}/";
}
