using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Events.Tests;

/// <summary>gammapy's own makers on the same hand-made files.</summary>
[Trait("Pace", "slow")]
public sealed class GammapyAgreementTests
{
    private const string Makers = """
        import sys
        import astropy.units as u
        from astropy.coordinates import SkyCoord
        from gammapy.data import Observation
        from gammapy.datasets import MapDataset
        from gammapy.makers import FoVBackgroundMaker, MapDatasetMaker, SafeMaskMaker
        from gammapy.maps import Map, MapAxis, WcsGeom
        folder, methods, scale = sys.argv[1], sys.argv[2].split(","), sys.argv[3] == "True"
        observation = Observation.read(folder + "/obs.fits")
        energy = MapAxis.from_energy_bounds("0.3 TeV", "30 TeV", nbin=4)
        true = MapAxis.from_energy_bounds("0.2 TeV", "50 TeV", nbin=5, name="energy_true")
        geom = WcsGeom.create(skydir=SkyCoord(83.6, 22, unit="deg"), binsz=0.15, width=(4.5, 4.5), frame="icrs", proj="TAN", axes=[energy])
        rad = MapAxis.from_bounds(0, 0.66, nbin=66, unit="deg", name="rad")
        dataset = MapDataset.create(geom, energy_axis_true=true, rad_axis=rad, binsz_irf=0.5, migra_axis=None)
        dataset = MapDatasetMaker().run(dataset, observation)
        dataset = SafeMaskMaker(methods=methods, offset_max="2 deg").run(dataset, observation)
        if scale:
            exclusion = Map.read(folder + "/exclusion.fits")
            exclusion = Map.from_geom(exclusion.geom, data=exclusion.data > 0.5)
            dataset = FoVBackgroundMaker(method="scale", exclusion_mask=exclusion).run(dataset)
            dataset.background = dataset.npred_background()
            dataset.models = None
        dataset.write(folder + "/dataset.fits", overwrite=True)
        """;

    private static readonly Dictionary<string, (Action<HandMadeFile> Change, string Methods, bool Scale)> Cases = new()
    {
        ["table and cube"] = (_ => { }, "offset-max,aeff-default", false),
        ["three Gauss functions"] = (file => file.Psf = Gauss(), "offset-max", false),
        ["King"] = (file => file.Psf = King(), "offset-max", false),
        ["background rings"] = (file => file.Background = Rings(), "offset-max", false),
        ["background with gaps"] = (file => file.Background.Row("BKG", HandMadeFile.Table([6, 6, 6], (lat, lon, e) =>
            e == 2 && lat > 2 ? 0 : HandMadeFile.Rate(e, lon, lat)), "s-1 MeV-1 sr-1", [6, 6, 6]), "offset-max", false),
        ["background along altitude and azimuth"] = (file => file.Background.With("FOVALIGN", "ALTAZ"), "offset-max", false),
        ["effective area in percent"] = (_ => { }, "offset-max,aeff-max", false),
        ["bias"] = (_ => { }, "offset-max,edisp-bias", false),
        ["peak of the background"] = (_ => { }, "bkg-peak", false),
        ["scaled outside a mask"] = (_ => { }, "offset-max,aeff-default", true),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_map_agrees_with_gammapy(string name)
    {
        using var folder = new GammapyFolder();
        var (change, methods, scale) = Cases[name];
        var made = new HandMadeFile();
        change(made);
        // gammapy knows only the energy as the first or the last axis of a background.
        made.Background.Header.Remove("CREF7");
        if (made.Background.Columns.Any(column => column.Name == "DETX_LO")) EnergyFirst(made.Background);
        made.Write(folder.File("obs.fits"));
        WriteExclusion(folder.File("exclusion.fits"));
        File.WriteAllText(folder.File("makers.py"), Makers);
        var result = GammapyFolder.Run($"{folder.Inside}/makers.py", folder.Inside, methods, $"{scale}");
        Assert.True(result.ExitCode == 0, result.Output);

        var theirs = MapDatasetFile.Read(folder.File("dataset.fits"));
        var observation = EventFile.Read(folder.File("obs.fits"));
        var options = Reductions.Plain with
        {
            SafeMask = [.. methods.Split(',').Select(word => ReductionWords.SafeMasks[word])],
            Background = scale ? BackgroundMethod.FovNorm : BackgroundMethod.None,
            Exclusion = ExclusionMask.Read(folder.File("exclusion.fits")),
        };
        var target = ReductionTarget.Of(StackGeometry.Of(theirs));
        var range = DatasetReducer.Range(observation, target.Image, target.Energy, target.EnergyTrue, options);
        var ours = DatasetReducer.Reduce(observation, target, range, options);
        Reductions.AssertClose(theirs.Background!, ours.Background!, name.Contains("azimuth", StringComparison.Ordinal) ? 1e-3 : 1e-5);
        Reductions.AssertSame(theirs with { Background = ours.Background, Gti = ours.Gti }, ours, 2e-6);
        if (scale) Assert.NotEqual(1, range.BackgroundNorm);
    }

    private static HandMadeHdu Gauss() => HandMadeFile.Response("PSF", "RPSF", "PSF_3GAUSS").Axis("ENERG", HandMadeFile.EnergyEdges, "TeV")
        .Nodes("THETA", HandMadeFile.OffsetNodes, "deg")
        .Row("SIGMA_1", HandMadeFile.Table([6, 4], (e, t) => 0.05 + 0.01 * t + 0.002 * e), "deg", [6, 4])
        .Row("SIGMA_2", HandMadeFile.Table([6, 4], (e, t) => 0.12 + 0.01 * t), "deg", [6, 4])
        .Row("SIGMA_3", new double[24], "deg", [6, 4])
        .Row("SCALE", HandMadeFile.Table([6, 4], (_, _) => 3), "sr-1", [6, 4])
        .Row("AMPL_2", HandMadeFile.Table([6, 4], (e, _) => 0.2 + 0.02 * e), null, [6, 4])
        .Row("AMPL_3", new double[24], null, [6, 4]);

    private static HandMadeHdu King() => HandMadeFile.Response("PSF", "RPSF", "PSF_KING").Axis("ENERG", HandMadeFile.EnergyEdges, "TeV")
        .Nodes("THETA", HandMadeFile.OffsetNodes, "deg")
        .Row("GAMMA", HandMadeFile.Table([6, 4], (e, t) => 1.5 + 0.1 * t + 0.05 * e), null, [6, 4])
        .Row("SIGMA", HandMadeFile.Table([6, 4], (e, t) => 0.06 + 0.01 * t), "deg", [6, 4]);

    private static HandMadeHdu Rings() =>
        HandMadeFile.Response("BACKGROUND", "BKG", "BKG_2D").Axis("ENERG", HandMadeFile.EnergyEdges, "TeV")
        .Axis("THETA", [0, 0.5, 1, 1.5, 2, 2.5], "deg")
        .Row("BKG", HandMadeFile.Table([6, 5], (e, t) => 1e-3 * Math.Pow(10, -e) * (10 - t * t / 3)), "s-1 MeV-1 sr-1", [6, 5]);

    private static void EnergyFirst(HandMadeHdu background)
    {
        var rates = background.Values("BKG");
        background.Row("BKG", HandMadeFile.Table([6, 6, 6], (e, lon, lat) => rates[(int)((e * 6 + lon) * 6 + lat)]), "s-1 MeV-1 sr-1",
            [6, 6, 6]);
    }

    /// <summary>Zero in a circle of half a degree around the pointing.</summary>
    private static void WriteExclusion(string path)
    {
        var image = Reductions.Image;
        var map = new Maps.Map<double>(new Maps.MapGeometry(image));
        for (var i = 0; i < map.Data.Length; i++)
            map.Data[i] = image.PixelCentre(i % image.Width, i / image.Width)!.Value.SeparationDeg(image.Centre) > 0.5 ? 1 : 0;
        Fits.FitsWriter.Write(path, writer => MapWriter.Write(writer, "EXCLUSION", map));
    }
}
