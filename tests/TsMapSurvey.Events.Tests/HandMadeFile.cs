using TsMapSurvey.Fits;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Events.Tests;

/// <summary>
/// A small observation in the Gamma Astro Data Formats with round numbers: 300 events around (83.6, 22), responses that vary with energy
/// and offset.
/// </summary>
internal sealed class HandMadeFile
{
    public const double RaDeg = 83.6;
    public const double DecDeg = 22;
    public const double OnTimeS = 1000;
    public const double DeadC = 0.9;
    public static readonly double[] EnergyEdges = [0.1, 0.3, 1, 3, 10, 30, 100];
    public static readonly double[] OffsetNodes = [0, 1, 2, 3];
    public static readonly double[] FieldEdges = [-3, -2, -1, 0, 1, 2, 3];

    public HandMadeFile()
    {
        Events = MakeEvents();
        Gti = new HandMadeHdu("GTI").With("HDUCLAS1", "GTI").With("MJDREFI", 51544).With("MJDREFF", 0.5).With("TIMESYS", "TT");
        Gti.Columns.Add(FitsTableColumn.Doubles("START", [5000], "s"));
        Gti.Columns.Add(FitsTableColumn.Doubles("STOP", [5000 + OnTimeS], "s"));
        Aeff = Response("EFFECTIVE AREA", "EFF_AREA", "AEFF_2D").Axis("ENERG", EnergyEdges, "TeV").Nodes("THETA", OffsetNodes, "deg")
            .Row("EFFAREA", Table([6, 4], (e, t) => 1e4 * (e + 1) * (1 - 0.2 * t)), "m2", [6, 4]).With("LO_THRES", 0.3).With("HI_THRES",
                30);
        Edisp = Response("ENERGY DISPERSION", "EDISP", "EDISP_2D").Axis("ENERG", EnergyEdges, "TeV")
            .Axis("MIGRA", Migra, null).Nodes("THETA", OffsetNodes, "deg")
            .Row("MATRIX", Table([6, 40, 4], (e, m, t) => Math.Exp(-Math.Pow((m * 0.05 + 0.025 - 1 - 0.3 / (e + 1)) / 0.2, 2))), null,
                [6, 40, 4]);
        Psf = Response("PSF", "RPSF", "PSF_TABLE").Axis("ENERG", EnergyEdges, "TeV").Nodes("THETA", OffsetNodes, "deg")
            .Axis("RAD", [.. Enumerable.Range(0, 41).Select(r => r * 0.02)], "deg")
            .Row("RPSF", Table([6, 4, 40], (e, t, r) => Math.Exp(-Math.Pow((r + 0.5) * 0.02 / (0.1 + 0.02 * t + 0.01 * e), 2))), "sr-1",
                [6, 4, 40]);
        Background = Response("BACKGROUND", "BKG", "BKG_3D").With("FOVALIGN", "RADEC").Axis("DETX", FieldEdges, "deg")
            .Axis("DETY", FieldEdges, "deg").Axis("ENERG", EnergyEdges, "TeV")
            .Row("BKG", Table([6, 6, 6], (lat, lon, e) => Rate(e, lon, lat)), "s-1 MeV-1 sr-1", [6, 6, 6])
            .With("CREF7", "(DETY_LO:DETY_HI,DETX_LO:DETX_HI,ENERG_LO:ENERG_HI)");
    }

    /// <summary>Times of the events in seconds.</summary>
    public static double[] Times { get; } = [.. Enumerable.Range(0, 300).Select(i => 5000 + OnTimeS * (i + 0.5) / 300)];

    public static double[] Migra { get; } = [.. Enumerable.Range(0, 41).Select(m => m * 0.05)];

    public HandMadeHdu Events { get; set; }

    public HandMadeHdu Gti { get; set; }

    public HandMadeHdu Aeff { get; set; }

    public HandMadeHdu Edisp { get; set; }

    public HandMadeHdu Psf { get; set; }

    public HandMadeHdu Background { get; set; }

    public List<HandMadeHdu> Hdus => [Events, Gti, Aeff, Edisp, Psf, Background];

    /// <summary>A rate that is different in each corner of the field.</summary>
    public static double Rate(double energy, double lon, double lat) => 1e-3 * Math.Pow(10, -energy) * (20 + 2 * lon + lat * lat);

    public static HandMadeHdu Response(string name, string kind, string layout) => new HandMadeHdu(name).With("HDUCLASS", "GADF")
        .With("HDUCLAS1", "RESPONSE").With("HDUCLAS2", kind).With("HDUCLAS3", "FULL-ENCLOSURE").With("HDUCLAS4", layout);

    /// <summary>A table, first axis fastest, by the indices of its cells.</summary>
    public static double[] Table(int[] lengths, Func<double, double, double, double> value)
    {
        var values = new double[lengths[0] * lengths[1] * lengths[2]];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(i % lengths[0], i / lengths[0] % lengths[1], i / lengths[0] / lengths[1]);
        return values;
    }

    public static double[] Table(int[] lengths, Func<double, double, double> value) =>
        Table([.. lengths, 1], (a, b, _) => value(a, b));

    public void Write(string path, Predicate<HandMadeHdu>? which = null) => FitsWriter.Write(path, writer =>
    {
        writer.WriteEmptyPrimary();
        foreach (var hdu in Hdus.Where(hdu => which?.Invoke(hdu) != false)) writer.WriteTable(hdu.Name, hdu.Columns, hdu.Header);
    });

    private static HandMadeHdu MakeEvents()
    {
        var random = new Random(5);
        double Spread(double width) => width * (random.NextDouble() - 0.5);
        var events = new HandMadeHdu("EVENTS").With("HDUCLASS", "GADF").With("HDUCLAS1", "EVENTS").With("OBS_ID", 17)
            .With("TELESCOP", "CTA").With("RA_PNT", RaDeg).With("DEC_PNT", DecDeg).With("DEADC", DeadC).With("MJDREFI", 51544)
            .With("MJDREFF", 0.5).With("TIMESYS", "TT").With("TSTART", 5000).With("TSTOP", 5000 + OnTimeS).With("GEOLON",
                16.5).With("GEOLAT", -23.3)
            .With("ALTITUDE", 1835);
        var count = 300;
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];
        events.Columns.Add(FitsTableColumn.Integers("EVENT_ID", [.. Enumerable.Range(1, count).Select(i => (long)i)]));
        events.Columns.Add(FitsTableColumn.Doubles("TIME", Times, "s"));
        events.Columns.Add(FitsTableColumn.Doubles("RA", Each(_ => RaDeg + Spread(4)), "deg"));
        events.Columns.Add(FitsTableColumn.Doubles("DEC", Each(_ => DecDeg + Spread(4)), "deg"));
        events.Columns.Add(FitsTableColumn.Doubles("ENERGY", Each(_ => 0.2 * Math.Pow(200, random.NextDouble())), "TeV"));
        return events;
    }
}
