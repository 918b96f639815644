using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.Events;

/// <summary>
/// Writes an observation as one file with its events, good time intervals and responses, in the layout of the Gamma Astro Data Formats 0.3
/// (data level DL3).
/// </summary>
public sealed class EventFileWriter(Instrument instrument)
{
    internal const string Telescope = "SIMULATED";

    private readonly FitsTableColumn[] _effectiveArea = new ResponseTables(instrument).EffectiveArea();
    private readonly FitsTableColumn[] _energyDispersion = new ResponseTables(instrument).EnergyDispersion();
    private readonly FitsTableColumn[] _pointSpreads = new ResponseTables(instrument).PointSpreads();
    private readonly FitsTableColumn[] _background = new ResponseTables(instrument).Background();

    /// <summary>Writes an observation. The same observation gives the same bytes.</summary>
    /// <param name="path">Compressed if it ends in .gz.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path, SimulatedEvents observation) =>
        FitsWriter.Write(path, writer => Write(writer, observation), System.IO.Compression.CompressionLevel.Fastest);

    /// <summary>Writes all HDUs of an observation.</summary>
    public void Write(FitsWriter writer, SimulatedEvents observation)
    {
        WriteEvents(writer, observation);
        var pointing = observation.Pointing;
        GtiTable.Write(writer, GoodTimeIntervals.Of([new TimeInterval(pointing.StartS, pointing.StartS + pointing.OnTimeS)]));
        WriteResponse(writer, "AEFF", "EFF_AREA", "AEFF_2D", _effectiveArea, header => header
            .Set("LO_THRES", instrument.LowestThresholdTeV, "TeV").Set("HI_THRES", instrument.MaxTeV, "TeV"));
        WriteResponse(writer, "EDISP", "EDISP", "EDISP_2D", _energyDispersion);
        WriteResponse(writer, "PSF", "RPSF", "PSF_3GAUSS", _pointSpreads);
        WriteResponse(writer, "BKG", "BKG", "BKG_2D", _background, header => header.Set("FOVALIGN", "RADEC"));
    }

    internal static FitsHeader Class(string first) => new FitsHeader()
        .Set("HDUCLASS", "GADF").Set("HDUDOC", "https://github.com/open-gamma-ray-astro/gamma-astro-data-formats").Set("HDUVERS", "0.3")
        .Set("HDUCLAS1", first);

    /// <summary>The keywords of times, which are seconds of TT since MJD 51544.0.</summary>
    internal static FitsHeader AddTimeReference(FitsHeader header) => header
        .Set("MJDREFI", (long)TimeInterval.ReferenceMjd).Set("MJDREFF", 0.0).Set("TIMEUNIT", "s").Set("TIMESYS", "TT")
        .Set("TIMEREF", "LOCAL");

    private void WriteEvents(FitsWriter writer, SimulatedEvents observation)
    {
        var (pointing, events) = (observation.Pointing, observation.Events);
        var position = pointing.Position.To(SkyFrame.Icrs);
        var header = AddTimeReference(Class("EVENTS"))
            .Set("OBS_ID", observation.Index + 1L).Set("OBJECT", observation.Name).Set("OBS_MODE", "POINTING")
            .Set("TELESCOP", Telescope).Set("INSTRUME", instrument.Name).Set("ORIGIN", "TsMapSurvey").Set("CREATOR", "tsmap simulate")
            .Set("TSTART", pointing.StartS).Set("TSTOP", pointing.StartS + pointing.OnTimeS)
            .Set("ONTIME", pointing.OnTimeS, "s").Set("LIVETIME", pointing.LiveTimeS, "s").Set("DEADC", Instrument.LiveFraction)
            // Nothing depends on the place, but GADF demands one.
            .Set("GEOLON", 0.0, "deg").Set("GEOLAT", 0.0, "deg").Set("ALTITUDE", 0.0, "m")
            .Set("RADECSYS", "ICRS").Set("EQUINOX", 2000.0)
            .Set("RA_PNT", position.LonDeg, "deg").Set("DEC_PNT", position.LatDeg, "deg");
        writer.WriteTable("EVENTS",
            [
                FitsTableColumn.Integers("EVENT_ID", [.. Enumerable.Range(1, events.Count).Select(i => (long)i)]),
                FitsTableColumn.Doubles("TIME", [.. events.Select(one => one.TimeS)], "s"),
                FitsTableColumn.Singles("RA", [.. events.Select(one => (float)one.RaDeg)], "deg"),
                FitsTableColumn.Singles("DEC", [.. events.Select(one => (float)one.DecDeg)], "deg"),
                FitsTableColumn.Singles("ENERGY", [.. events.Select(one => (float)one.EnergyTeV)], "TeV"),
            ], header);
    }

    private void WriteResponse(
        FitsWriter writer, string name, string kind, string layout, FitsTableColumn[] columns, Action<FitsHeader>? more = null)
    {
        var header = Class("RESPONSE").Set("HDUCLAS2", kind).Set("HDUCLAS3", "FULL-ENCLOSURE").Set("HDUCLAS4", layout)
            .Set("TELESCOP", Telescope).Set("INSTRUME", instrument.Name);
        more?.Invoke(header);
        writer.WriteTable(name, columns, header);
    }
}
