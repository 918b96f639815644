using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Events.Reading;

/// <summary>
/// An index of observations (hdu-index): for each observation the files and HDUs of its events and responses, which observations may share.
/// </summary>
public sealed class EventIndex
{
    /// <summary>A million rows: a hundred thousand observations.</summary>
    private const long MaxRows = 1 << 20;

    private readonly Dictionary<long, List<IndexedHdu>> _observations = [];

    private EventIndex(string place) => Place = place;

    /// <summary>File and HDU of the index, for messages.</summary>
    public string Place { get; }

    /// <summary>OBS_ID of all observations, in the order of the index.</summary>
    public IReadOnlyCollection<long> Observations => _observations.Keys;

    /// <summary>Whether a file is such an index: by HDUCLAS1 and 2, or by its columns.</summary>
    public static bool IsOne(FitsFile file) => Table(file) is not null;

    /// <exception cref="MapException">A column is missing, or a path leaves the root.</exception>
    public static EventIndex Read(FitsFile file)
    {
        var table = Table(file) ?? throw EventsErrors.MissingHdu(file.Name, "an index of HDUs",
            "a table with OBS_ID, HDU_TYPE, FILE_DIR, FILE_NAME and HDU_NAME", file.Hdus.Select(hdu => hdu.Name));
        var index = new EventIndex(HduPlace.Of(file, table));
        if (table.RowCount > MaxRows) throw EventsErrors.TooLarge(index.Place, "rows", table.RowCount, MaxRows);
        var part = new PartTable(file, table);
        var ids = part.Column("OBS_ID").ReadIntegers();
        string[] Text(string column) => part.Column(column).ReadStrings();
        var (types, folders, files, names) = (Text("HDU_TYPE"), Text("FILE_DIR"), Text("FILE_NAME"), Text("HDU_NAME"));
        for (var row = 0; row < ids.Length; row++)
        {
            if (HduRecognition.OfType(types[row]) is not { } kind) continue;
            if (!index._observations.TryGetValue(ids[row], out var hdus)) index._observations[ids[row]] = hdus = [];
            var path = folders[row].Trim().Length == 0 ? files[row].Trim() : $"{folders[row].Trim()}/{files[row].Trim()}";
            hdus.Add(new IndexedHdu(kind, path, names[row].Trim(), row + 1));
        }

        return index;
    }

    /// <summary>
    /// Reads an observation. Each file is opened once and closed at the end.
    /// </summary>
    /// <param name="folder">The folder of the index below the root, with / between names; empty for the root itself.</param>
    /// <param name="open">Opens a file by its path below the root, with / between names.</param>
    /// <exception cref="MapException">The observation is not in the index, a path leaves the root, or a part is missing or not
    /// usable.</exception>
    public EventObservation Read(long observation, string folder, Func<string, FitsFile> open)
    {
        var parts = new ObservationParts();
        return Open(observation, folder, open, parts.Add, found => parts.Read($"{Place}, observation {observation}", found));
    }

    /// <summary>Writes an observation as one file: its events, intervals and responses, each HDU as it is.</summary>
    /// <inheritdoc cref="Read(long, string, Func{string, FitsFile})"/>
    public void Join(long observation, string folder, Func<string, FitsFile> open, FitsWriter writer) =>
        Open(observation, folder, open, (_, _, hdu) => writer.WriteCopy(hdu), _ => true);

    /// <summary>The files of an observation below the root, each once.</summary>
    public IReadOnlyCollection<string> Files(long observation, string folder) =>
        [.. _observations.GetValueOrDefault(observation, []).Select(hdu => PathOf(hdu, folder)).Distinct()];

    /// <summary>The file of an observation's events below the root; null if the index names none.</summary>
    public string? EventFileOf(long observation, string folder) =>
        _observations.GetValueOrDefault(observation, []).Find(hdu => hdu.Kind == ResponseKind.Events) is { } events
            ? PathOf(events, folder) : null;

    private string PathOf(IndexedHdu hdu, string folder) =>
        RelativePath.Resolve(folder, hdu.Path) ?? throw EventsErrors.LeavesRoot(Place, hdu.Row, hdu.Path);

    /// <summary>Finds the HDUs of an observation, and makes something of them while their files are open.</summary>
    /// <param name="found">Called with the names of all.</param>
    private T Open<T>(
        long observation, string folder, Func<string, FitsFile> open, Action<ResponseKind, FitsFile, FitsHdu> each,
        Func<IReadOnlyCollection<string>, T> found)
    {
        if (!_observations.TryGetValue(observation, out var hdus)) throw EventsErrors.NoObservation(Place, observation);
        var files = new Dictionary<string, FitsFile>(StringComparer.Ordinal);
        try
        {
            foreach (var hdu in hdus)
            {
                var path = PathOf(hdu, folder);
                if (!files.TryGetValue(path, out var file)) files[path] = file = open(path);
                each(hdu.Kind, file, Find(file, hdu));
            }

            return found([.. hdus.Select(hdu => hdu.Name)]);
        }
        finally
        {
            foreach (var file in files.Values) file.Dispose();
        }
    }

    private static FitsHdu Find(FitsFile file, IndexedHdu wanted)
    {
        var found = wanted.Name.Length > 0 ? file.Find(wanted.Name)
            : file.Hdus.FirstOrDefault(hdu => HduRecognition.Of(hdu) == wanted.Kind);
        return found ?? throw EventsErrors.NoSuchHdu(file.Name, wanted.Name, HduRecognition.Describe(wanted.Kind).What);
    }

    private static FitsTable? Table(FitsFile file) => file.Hdus.OfType<FitsTable>().FirstOrDefault(
        table => table.Find("OBS_ID") is not null && table.Find("HDU_TYPE") is not null && table.Find("FILE_NAME") is not null);

    private sealed record IndexedHdu(ResponseKind Kind, string Path, string Name, int Row);
}
