namespace TsMapSurvey.Server.Tests.Vo;

/// <summary>pyvo, as Debian has it, asks a running server; nothing of it is changed.</summary>
[Trait("Pace", "slow")]
public sealed class PyvoTests(StackedServer server) : IClassFixture<StackedServer>
{
    [Fact]
    public void A_cone_search_finds_the_candidates_that_the_api_lists() => Run("""
        import pyvo
        service = pyvo.dal.SCSService(f"{here}/scs/small?min_sqrt_ts=3&")
        assert {"id", "ra", "dec"} <= {column.name for column in service.columns}
        listed = get("/api/surveys/small/candidates.json?min_sqrt_ts=3")
        assert listed
        first = SkyCoord(listed[0]["ra"], listed[0]["dec"], unit="deg")
        found = service.search(first, radius=0.01 * u.deg)
        assert len(found) == 1, found.to_table()
        row = found[0]
        assert row.id.startswith("J") and row.pos.separation(first) < 1e-6 * u.arcsec
        assert abs(row["sqrt_ts"] - listed[0]["sqrtTs"]) < 1e-12 and row["tile"] == listed[0]["tile"]
        all = service.search(first, radius=10, verbosity=3)
        assert len(all) == len(listed) and len(all.fieldnames) > 20 > len(service.search(first, radius=10, verbosity=1).fieldnames)
        apart = sorted(SkyCoord(one["ra"], one["dec"], unit="deg").separation(first) for one in listed)
        for i, separation in enumerate(apart[1:], 1):
            assert len(service.search(first, radius=separation * 0.999)) == i
            assert len(service.search(first, radius=separation * 1.001)) == i + 1
        for wrong in (dict(radius=200), dict(radius=1, VERB=7)):
            try:
                service.search(first, **wrong)
            except pyvo.dal.DALQueryError as error:
                assert "expected" in str(error), error
            else:
                raise AssertionError(wrong)
        """);

    [Fact]
    public void Images_are_found_opened_and_cut_by_what_the_answer_says() => Run("""
        from pyvo.dal.sia2 import SIAService
        service = SIAService(f"{here}/vo/sia")
        assert service.availability.available and str(service.up_since).startswith("20"), service.up_since
        centre = SkyCoord(340.0, 1.0, unit="deg", frame="galactic").icrs
        found = service.search(pos=(centre.ra.deg, centre.dec.deg, 0.01), data_type="image", collection="small",
            band=(1e-20, 1e-16))
        rows = {row.obs_publisher_did: row for row in found}
        row = rows["ivo://tsmapsurvey/small?quantity/x001y001/point/sqrt_ts/all"]
        whole = rows["ivo://tsmapsurvey/small?mosaic/point/sqrt_ts/0/all"]
        assert row.access_format == "application/fits" and row.calib_level == 4 and row.o_ucd == "stat.snr"
        assert 51544 < row["t_min"] < row["t_max"] and row.t_exptime.to_value("s") > 0, (row["t_min"], row["t_max"])
        assert whole["t_min"] <= row["t_min"] and abs(row.em_max.to_value("TeV", equivalencies=u.spectral()) - 0.6) < 1e-9
        tile = open_fits(row.getdataset())["SQRT_TS"]
        assert (tile.data.shape[-1], tile.data.shape[-2]) == (row.s_xel1, row.s_xel2) == (20, 20)
        wcs = WCS(tile.header).celestial
        assert np.allclose([row["s_ra"], row["s_dec"]], centre_of(wcs, 20, 20), atol=1e-9) and str(row.s_region).startswith("POLYGON ICRS ")

        cut = open_fits(row.processed(circle=(centre.ra.deg, centre.dec.deg, 0.3) * u.deg))["SQRT_TS"]
        small = WCS(cut.header).celestial
        height, width = cut.data.shape[-2:]
        x, y = np.round(wcs.world_to_pixel(small.pixel_to_world(0, 0))).astype(int)
        assert 5 <= width <= 8 and 5 <= height <= 8, cut.data.shape
        assert np.array_equal(cut.data[0], tile.data[0][y:y + height, x:x + width], equal_nan=True)
        assert np.isfinite(cut.data).any()
        corners = [wcs.pixel_to_world(*pixel).icrs for pixel in ((1, 1), (10, 1), (10, 15))]
        corners = [angle for corner in corners for angle in (corner.ra.deg, corner.dec.deg)]
        mosaic = open_fits(whole.processed(polygon=corners * u.deg))["SQRT_TS"]
        assert mosaic.data.shape == (15, 10), mosaic.data.shape

        bands = {r.obs_publisher_did: r for r in service.search(publisher_did=["ivo://tsmapsurvey/small?fluxmaps/x001y001/bands/all"])}
        assert len(bands) == 1
        cube = open_fits(list(bands.values())[0].processed(band=(1e-20, 1e-19) * u.m))
        assert cube["FLUX" if "FLUX" in cube else "NORM"].data.shape == (1, 20, 20), cube.info()
        cube = open_fits(list(bands.values())[0].processed())
        assert cube["NORM"].data.shape == (2, 20, 20)

        links = row.getdatalink()
        assert open_fits(urlopen(next(links.bysemantics("#this")).access_url))["SQRT_TS"].data.shape == (1, 20, 20)
        assert urlopen(next(links.bysemantics("#preview")).access_url).read(4) == b"\x89PNG"
        assert urlopen(next(links.bysemantics("#progenitor")).access_url).read(2) == b"\x1f\x8b"
        cut = open_fits(next(links.bysemantics("#this")).processed(circle=(centre.ra.deg, centre.dec.deg, 0.3) * u.deg))
        assert cut["SQRT_TS"].data.shape == (1, height, width)
        every = service.search(collection="small")
        assert len(every) > 100 and [one[0]["ID"] for one in every.iter_datalinks()] == [one.obs_publisher_did for one in every]
        try:
            service.search(CALIB="9")
        except pyvo.dal.DALQueryError as error:
            assert "CALIB: found '9', expected one of 0, 1, 2, 3, 4" in str(error), error
        else:
            raise AssertionError("CALIB")
        """);

    private void Run(string script)
    {
        using var folder = new TemporaryFolder();
        var result = Tools.Run(Tools.NeedPyvo(), ["-c", $$"""
            import io, json, sys
            from urllib.request import urlopen
            import numpy as np
            import pyvo
            from astropy import units as u
            from astropy.config import set_temp_cache
            from astropy.coordinates import SkyCoord
            from astropy.io import fits
            from astropy.utils.data import import_file_to_cache
            from astropy.wcs import WCS
            here = sys.argv[1]
            # pyvo reads this list of words from ivoa.net; tests need no network.
            with open(sys.argv[2] + "/words", "w") as file:
                json.dump(dict(terms={word: dict(narrower=[]) for word in ("this", "preview", "cutout", "progenitor")}), file)
            set_temp_cache(sys.argv[2]).__enter__()
            import_file_to_cache("http://www.ivoa.net/rdf/datalink/core", sys.argv[2] + "/words")
            def get(path): return json.load(urlopen(here + path))
            def open_fits(stream): return fits.open(io.BytesIO(stream.read()))
            def centre_of(wcs, width, height):
                centre = wcs.pixel_to_world((width - 1) / 2, (height - 1) / 2).icrs
                return centre.ra.deg, centre.dec.deg

            """ + script, server.Address.ToString().TrimEnd('/'), folder.Path]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
