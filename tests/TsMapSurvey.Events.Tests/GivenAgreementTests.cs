using TsMapSurvey.Events.Given;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Events.Tests;

/// <summary>gammapy's own maps on the same hand-made files.</summary>
[Trait("Pace", "slow")]
public sealed class GivenAgreementTests
{
    private const string Script = """
        import sys
        import numpy as np
        import astropy.units as u
        from astropy.table import Table
        from astropy.coordinates import SkyCoord
        from gammapy.datasets import MapDataset
        from gammapy.irf import EDispKernelMap, PSFMap
        from gammapy.maps import Map, MapAxis
        from gammapy.utils.integrate import trapz_loglog
        folder = sys.argv[1]
        energy = MapAxis.from_energy_bounds("0.02 TeV", "0.6 TeV", nbin=4)
        true = MapAxis.from_energy_bounds("0.01 TeV", "1 TeV", nbin=6, name="energy_true")
        image = Map.read(folder + "/grid.fits").geom.to_image()
        geom, geom_true = image.to_cube([energy]), image.to_cube([true])

        events = Table.read(folder + "/events.fits", hdu="EVENTS")
        gti = Table.read(folder + "/events.fits", hdu="GTI")
        good = np.zeros(len(events), dtype=bool)
        for row in gti:
            good |= (events["TIME"] >= row["START"]) & (events["TIME"] <= row["STOP"])
        events = events[good]
        counts = Map.from_geom(geom)
        counts.fill_by_coord({"skycoord": SkyCoord(events["RA"], events["DEC"], unit="deg"),
                              "energy": events["ENERGY"].quantity.to("TeV")})

        given = Map.read(folder + "/exposure.fits")
        given = Map.from_geom(given.geom, data=given.data, unit="cm2 s")
        exposure = given.interp_to_geom(geom_true)
        exposure = Map.from_geom(geom_true, data=exposure.quantity.to_value("m2 s"), unit="m2 s")

        def nodes_of(cube, coords):
            axis = cube.geom.axes[0]
            at = [cube.interp_by_coord({"skycoord": coords, axis.name: np.full(coords.shape, e.value) * e.unit}) for e in axis.center]
            return axis.center.to_value("MeV"), np.array(at)

        def at_energies(nodes, values, energies):
            out = np.empty((len(energies),) + values.shape[1:])
            for i, e in enumerate(energies):
                k = np.clip(np.searchsorted(nodes, e, side="right") - 1, 0, len(nodes) - 2)
                share = np.log(e / nodes[k]) / np.log(nodes[k + 1] / nodes[k])
                out[i] = np.exp(np.log(values[k]) * (1 - share) + np.log(values[k + 1]) * share)
            return out

        centres = image.get_coord().skycoord
        flux_nodes, flux = nodes_of(Map.read(folder + "/flux.fits"), centres)
        area_nodes, area = nodes_of(given, centres)
        edges = energy.edges.to_value("MeV")
        background = Map.from_geom(geom)
        for k in range(4):
            inner = [e for e in [*flux_nodes, *area_nodes] if edges[k] < e < edges[k + 1]]
            at = np.unique([edges[k], *inner, edges[k + 1]])
            rate = at_energies(flux_nodes, flux, at) * at_energies(area_nodes, area, at)
            background.data[k] = trapz_loglog(rate, at[:, None, None] * np.ones(rate.shape), axis=0).sum(axis=0)
        background.data *= geom.solid_angle().to_value("sr")
        expected = Map.read(folder + "/counts.fits")
        # Equal quarters: upsample() takes solid angles, which differ by 0.1 % within a pixel of a degree.
        expected = np.repeat(np.repeat(expected.data / 4, 2, axis=1), 2, axis=2).reshape(4, 2, 16, 20).sum(axis=1)
        background.data += expected

        template = MapDataset.read(folder + "/ours.fits")
        psf = PSFMap.read(folder + "/psf.fits", format="gtpsf")
        psf_geom = template.psf.psf_map.geom
        rad, e_true = psf_geom.axes["rad"], psf_geom.axes["energy_true"]
        values = psf.psf_map.interp_by_coord({"skycoord": SkyCoord(0, 0, unit="deg"), "rad": rad.center[None, :],
                                              "energy_true": e_true.center[:, None]})
        values = values / np.sum(values * (2 * np.pi * rad.center * rad.bin_width).to_value("sr"), axis=1, keepdims=True)
        density = Map.from_geom(psf_geom, data=values[:, :, None, None] * np.ones(psf_geom.data_shape), unit="sr-1")
        weights = given.interp_to_geom(psf_geom.to_image().to_cube([e_true]))
        weights = Map.from_geom(psf_geom.squash("rad"), data=weights.quantity.to_value("m2 s")[:, None], unit="m2 s")
        edisp = EDispKernelMap.from_diagonal_response(energy, true, geom=template.edisp.edisp_map.geom)
        safe = Map.from_geom(geom, data=np.ones(geom.data_shape, dtype=bool))
        MapDataset(counts=counts, exposure=exposure, background=background, psf=PSFMap(density, weights), edisp=edisp, mask_safe=safe,
                   name="theirs").write(folder + "/theirs.fits", overwrite=True)
        """;

    [Fact]
    public void Counts_exposure_backgrounds_and_responses_agree_with_gammapy()
    {
        using var folder = new GammapyFolder();
        new GivenFiles().Fill().Write(folder.File);
        Fits.FitsWriter.Write(folder.File("grid.fits"), writer =>
            MapWriter.Write(writer, "GRID", new Maps.Map<double>(new Maps.MapGeometry(GivenFiles.Image, GivenFiles.Energy))));
        var observation = EventFile.ReadEvents(folder.File("events.fits"));
        var ours = GivenReducer.Reduce(observation, GivenReductions.Maps(folder.File, "flux.fits", "counts.fits"), 1,
            ReductionTarget.Of(GivenFiles.Image, GivenFiles.Energy, GivenFiles.EnergyTrue));
        MapDatasetFile.Write(folder.File("ours.fits"), ours);
        File.WriteAllText(folder.File("given.py"), Script);
        var result = GammapyFolder.Run($"{folder.Inside}/given.py", folder.Inside);
        Assert.True(result.ExitCode == 0, result.Output);

        var theirs = MapDatasetFile.Read(folder.File("theirs.fits"));
        Assert.Equal(theirs.Counts!.Data, ours.Counts!.Data);
        Assert.True(ours.Counts.Data.Sum() > 200);
        Assert.All(ours.MaskSafe!.Data, Assert.True);
        Reductions.AssertClose(theirs.Exposure!, ours.Exposure!, 1e-6);
        Reductions.AssertClose(theirs.Background!, ours.Background!, 1e-5);
        Reductions.AssertClose(theirs.Psf!.Density, ours.Psf!.Density, 1e-4);
        Reductions.AssertClose(theirs.Psf.Exposure!, ours.Psf.Exposure!, 1e-6);
        Reductions.AssertClose(theirs.Edisp!.Data, ours.Edisp!.Data, 1e-6);
    }
}
