using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.SampleData;

/// <summary>
/// Small files as the Fermi tools write them: an event list in MeV, an exposure on HEALPix cells, a diffuse flux and a cube of expected
/// events on images, and a point spread function of gtpsf. Tests change them before they are written.
/// </summary>
public sealed class GivenFiles
{
    public const int Side = 16;
    public const double GoodTimeS = 4000;

    /// <summary>The centres of the bins of true energy, so that no rule of interpolation matters.</summary>
    public static double[] NodesMeV { get; } = [.. Enumerable.Range(0, 6).Select(i => 1e4 * Math.Pow(10, (i + 0.5) / 3))];

    public static MapAxis Energy { get; } = MapAxis.EnergyBins("energy", 0.02, 0.6, 4);

    public static MapAxis EnergyTrue { get; } = MapAxis.EnergyBins("energy_true", 0.01, 1, 6);

    /// <summary>20 x 16 pixels of 0.5 degrees around (10, 20), galactic.</summary>
    public static SkyGrid Image { get; } = new(
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 30.5, -31.5, -0.5, 0.5), 20, 16);

    public HandMadeHdu Events { get; set; } = MakeEvents();

    public HandMadeHdu Gti { get; set; } = MakeGti(0, 1000, 2000, 5000);

    public HandMadeHdu Exposure { get; set; } = MakeExposure();

    public HandMadeHdu Energies { get; set; } = Table("ENERGIES", ("Energy", NodesMeV, "MeV"));

    public HandMadeHdu Psf { get; set; } = MakePsf();

    public HandMadeHdu Theta { get; set; } = Table("THETA", ("Theta", Thetas, "deg"));

    /// <summary>ph cm⁻² s⁻¹ sr⁻¹ MeV⁻¹ at four energies on the whole sky.</summary>
    public Map<double> Flux { get; set; } = new(
        new MapGeometry(
            new SkyGrid(
                Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 45.5, 23, -4, 4), 90, 45),
            new MapAxis("energy_true", [0.005, 0.04, 0.3, 2], AxisInterpolation.Log, AxisNodes.Centers, "TeV")),
        "cm-2 s-1 sr-1 MeV-1");

    /// <summary>Expected events on pixels of one degree, each of four pixels of <see cref="Image"/>, in bins twice as narrow.</summary>
    public Map<double> Counts { get; set; } = new(new MapGeometry(
        new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 15.5, -15.5, -1, 1), 10, 8),
        MapAxis.EnergyBins("energy", 0.02, 0.6, 8)));

    public static double[] Thetas { get; } = [.. Enumerable.Range(0, 60).Select(i => 0.05 * i * (1 + 0.02 * i))];

    public GivenFiles Fill()
    {
        var random = new Random(7);
        for (var i = 0; i < Flux.Data.Length; i++)
            Flux.Data[i] = 2e-9 * Math.Pow(10, -2.2 * (i / Flux.Geometry.PlaneLength)) * (1 + random.NextDouble());
        for (var i = 0; i < Counts.Data.Length; i++) Counts.Data[i] = 0.1 * random.NextDouble();
        return this;
    }

    public void Write(Func<string, string> path)
    {
        WriteTables(path("events.fits"), Events, Gti);
        WriteTables(path("exposure.fits"), Exposure, Energies);
        WriteTables(path("psf.fits"), Psf, Theta);
        FitsWriter.Write(path("flux.fits"), writer => MapWriter.Write(writer, "FLUX", Flux));
        FitsWriter.Write(path("counts.fits"), writer => MapWriter.Write(writer, "COUNTS", Counts));
    }

    public static HandMadeHdu MakeGti(params double[] times)
    {
        var gti = new HandMadeHdu("GTI").With("HDUCLAS1", "GTI").With("MJDREFI", 51910).With("MJDREFF", 7.428703703703703e-4)
            .With("TIMESYS", "TT");
        gti.Columns.Add(FitsTableColumn.Doubles("START", [.. times.Where((_, i) => i % 2 == 0)], "s"));
        gti.Columns.Add(FitsTableColumn.Doubles("STOP", [.. times.Where((_, i) => i % 2 == 1)], "s"));
        return gti;
    }

    public static HandMadeHdu Table(string name, params (string Name, double[] Values, string? Unit)[] columns)
    {
        var table = new HandMadeHdu(name);
        foreach (var (column, values, unit) in columns) table.Columns.Add(FitsTableColumn.Doubles(column, values, unit));
        return table;
    }

    private static void WriteTables(string path, params HandMadeHdu[] hdus) => FitsWriter.Write(path, writer =>
    {
        writer.WriteEmptyPrimary();
        foreach (var hdu in hdus) writer.WriteTable(hdu.Name, hdu.Columns, hdu.Header);
    });

    private static HandMadeHdu MakeEvents()
    {
        var random = new Random(3);
        var events = Table("EVENTS");
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, 500).Select(value)];
        var positions = Each(_ => 0).Select(_ => new SkyPosition(5 + 10 * random.NextDouble(), 16 + 8 * random.NextDouble(),
            SkyFrame.Galactic).To(SkyFrame.Icrs)).ToArray();
        events.Columns.Add(FitsTableColumn.Doubles("ENERGY", Each(_ => 1e4 * Math.Pow(100, random.NextDouble())), "MeV"));
        events.Columns.Add(FitsTableColumn.Doubles("RA", Each(i => positions[i].LonDeg), "deg"));
        events.Columns.Add(FitsTableColumn.Doubles("DEC", Each(i => positions[i].LatDeg), "deg"));
        // Between two intervals no event is good.
        events.Columns.Add(FitsTableColumn.Doubles("TIME", Each(i => i % 50 == 0 ? 1500 : 2000 + 6.0 * i), "s"));
        return events.With("HDUCLAS1", "EVENTS").With("TELESCOP", "GLAST").With("MJDREFI", 51910)
            .With("MJDREFF", 7.428703703703703e-4).With("TIMESYS", "TT");
    }

    private static HandMadeHdu MakeExposure()
    {
        var random = new Random(5);
        var exposure = new HandMadeHdu("HPXEXPOSURES").With("PIXTYPE", "HEALPIX").With("ORDERING", "RING").With("COORDSYS", "GAL")
            .With("INDXSCHM", "IMPLICIT");
        foreach (var (keyword, value) in new (string, long)[] { ("NSIDE", Side), ("FIRSTPIX", 0), ("LASTPIX", 12 * Side * Side - 1) })
            exposure.Header.Set(keyword, value);
        for (var j = 0; j < NodesMeV.Length; j++)
            exposure.Columns.Add(FitsTableColumn.Doubles($"ENERGY{j + 1}",
                [.. Enumerable.Range(0, 12 * Side * Side).Select(_ => 1e11 * (1 + 0.3 * j) * (1 + 0.2 * random.NextDouble()))]));
        return exposure;
    }

    private static HandMadeHdu MakePsf()
    {
        var values = new double[5 * Thetas.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Exp(-Math.Pow(Thetas[i % Thetas.Length] / (0.4 - 0.05 * (i / Thetas.Length)), 1.2)) * 1000;
        var psf = Table("PSF", ("Energy", [5e3, 2e4, 8e4, 3e5, 1e6], "MeV"), ("Exposure", [1, 1, 1, 1, 1], "cm**2 s"));
        psf.Columns.Add(FitsTableColumn.Doubles("Psf", values, "sr**-1", Thetas.Length));
        return psf;
    }
}
