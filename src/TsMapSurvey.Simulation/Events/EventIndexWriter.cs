using TsMapSurvey.Fits;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.Events;

/// <summary>The index tables of a folder of event files: which HDU of which file belongs to which observation, and the pointings.</summary>
public static class EventIndexWriter
{
    /// <summary>The name of the table of HDUs, which tools expect.</summary>
    public const string HduFile = "hdu-index.fits.gz";

    /// <summary>The name of the table of observations.</summary>
    public const string ObservationFile = "obs-index.fits.gz";

    private static readonly (string Type, string Class, string Hdu)[] Parts =
    [
        ("events", "events", "EVENTS"), ("gti", "gti", "GTI"), ("aeff", "aeff_2d", "AEFF"), ("edisp", "edisp_2d", "EDISP"),
        ("psf", "psf_3gauss", "PSF"), ("bkg", "bkg_2d", "BKG"),
    ];

    /// <summary>Writes both tables for the observations of a survey, whose files are in the folder itself.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, EventSurvey survey)
    {
        FitsWriter.Write(Path.Combine(folder, HduFile), writer => WriteHdus(writer, survey.Pointings.Count));
        FitsWriter.Write(Path.Combine(folder, ObservationFile), writer => WriteObservations(writer, survey));
    }

    private static void WriteHdus(FitsWriter writer, int observations)
    {
        var rows = Enumerable.Range(0, observations).SelectMany(_ => Parts, (index, part) => (Index: index, Part: part)).ToArray();
        writer.WriteTable("HDU_INDEX",
            [
                FitsTableColumn.Integers("OBS_ID", Array.ConvertAll(rows, row => row.Index + 1L)),
                FitsTableColumn.Strings("HDU_TYPE", Array.ConvertAll(rows, row => row.Part.Type)),
                FitsTableColumn.Strings("HDU_CLASS", Array.ConvertAll(rows, row => row.Part.Class)),
                FitsTableColumn.Strings("FILE_DIR", Array.ConvertAll(rows, _ => ".")),
                FitsTableColumn.Strings("FILE_NAME", Array.ConvertAll(rows, row => EventSurvey.NameOf(row.Index) + SimulatedEvents.Ending)),
                FitsTableColumn.Strings("HDU_NAME", Array.ConvertAll(rows, row => row.Part.Hdu)),
            ], EventFileWriter.Class("INDEX").Set("HDUCLAS2", "HDU"));
    }

    private static void WriteObservations(FitsWriter writer, EventSurvey survey)
    {
        Pointing[] pointings = [.. survey.Pointings];
        var positions = Array.ConvertAll(pointings, pointing => pointing.Position.To(SkyFrame.Icrs));
        FitsTableColumn Column(string name, string? unit, Func<Pointing, double> value) =>
            FitsTableColumn.Doubles(name, Array.ConvertAll(pointings, pointing => value(pointing)), unit);
        writer.WriteTable("OBS_INDEX",
            [
                FitsTableColumn.Integers("OBS_ID", [.. Enumerable.Range(1, pointings.Length).Select(id => (long)id)]),
                FitsTableColumn.Strings("OBJECT", [.. Enumerable.Range(0, pointings.Length).Select(EventSurvey.NameOf)]),
                FitsTableColumn.Doubles("RA_PNT", Array.ConvertAll(positions, position => position.LonDeg), "deg"),
                FitsTableColumn.Doubles("DEC_PNT", Array.ConvertAll(positions, position => position.LatDeg), "deg"),
                Column("TSTART", "s", pointing => pointing.StartS),
                Column("TSTOP", "s", pointing => pointing.StartS + pointing.OnTimeS),
                Column("ONTIME", "s", pointing => pointing.OnTimeS),
                Column("LIVETIME", "s", pointing => pointing.LiveTimeS),
                Column("DEADC", null, _ => Instrument.LiveFraction),
            ], EventFileWriter.AddTimeReference(EventFileWriter.Class("INDEX").Set("HDUCLAS2", "OBS")).Set("TELESCOP",
                EventFileWriter.Telescope));
    }
}
