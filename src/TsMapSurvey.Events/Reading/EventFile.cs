using TsMapSurvey.Events.Given;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reading;

/// <summary>
/// Reads an observation from one file with events and responses, in the Gamma Astro Data Formats 0.2 and 0.3 and as H.E.S.S. DL3 DR1,
/// CTA-1DC and prod5 write them.
/// </summary>
public static class EventFile
{
    /// <summary>Limits for event files: 1 GiB decompressed, 512 MiB for each HDU and array.</summary>
    public static FitsLimits Limits { get; } = new()
    { MaxDecompressedBytes = 1L << 30, MaxHduBytes = 512L << 20, MaxArrayBytes = 512L << 20 };

    /// <summary>Whether a file has an event list: by HDUCLAS1 or the name EVENTS.</summary>
    public static bool IsOne(FitsFile file) => file.Hdus.Any(hdu => hdu is FitsTable && HduRecognition.Of(hdu) == ResponseKind.Events);

    /// <exception cref="FitsException">The file is damaged or not a FITS file.</exception>
    /// <exception cref="MapException">An HDU, column or keyword is missing or not usable.</exception>
    public static EventObservation Read(string path)
    {
        using var file = FitsFile.Open(path, Limits);
        return Read(file);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static EventObservation Read(FitsFile file) => Parts(file).Read(file.Name, Names(file));

    /// <summary>Whether a file has any response beside its events.</summary>
    public static bool HasResponses(FitsFile file) => file.Hdus.Any(hdu =>
        hdu is FitsTable && HduRecognition.Of(hdu) is not (null or ResponseKind.Events or ResponseKind.Gti));

    /// <summary>Only events and good time, for given maps; energies and times in any unit, as the Fermi tools write them.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static GivenObservation ReadEvents(FitsFile file) => Parts(file).ReadEvents(file.Name, Names(file));

    /// <inheritdoc cref="ReadEvents(FitsFile)"/>
    public static GivenObservation ReadEvents(string path)
    {
        using var file = FitsFile.Open(path, Limits);
        return ReadEvents(file);
    }

    private static ObservationParts Parts(FitsFile file)
    {
        var parts = new ObservationParts();
        foreach (var hdu in file.Hdus)
            if (hdu is FitsTable && HduRecognition.Of(hdu) is { } kind) parts.Add(kind, file, hdu);
        return parts;
    }

    private static string[] Names(FitsFile file) =>
        [.. file.Hdus.Select(hdu => hdu.Name.Length > 0 ? hdu.Name : $"unnamed ({hdu.Index})")];
}
