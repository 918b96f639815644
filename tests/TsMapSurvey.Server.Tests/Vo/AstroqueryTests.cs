namespace TsMapSurvey.Server.Tests.Vo;

/// <summary>astroquery's hips2fits, as Debian has it, with its server set to a running one.</summary>
[Trait("Pace", "slow")]
public sealed class AstroqueryTests(StackedServer server) : IClassFixture<StackedServer>
{
    [Fact]
    public void Hips2fits_samples_the_survey_by_the_nearest_pixel_in_any_projection()
    {
        var result = Tools.Run(Tools.NeedAstroquery(), ["-c", """
            import io, sys, urllib.request
            import numpy as np
            import astropy.units as u
            from astropy.coordinates import Angle, Latitude, Longitude, SkyCoord
            from astropy.io import fits
            from astropy.wcs import WCS
            from astropy.wcs.utils import pixel_to_skycoord
            from astroquery.hips2fits import hips2fits
            here = sys.argv[1]
            hips2fits.server = here + "/hips2fits"
            survey = fits.open(io.BytesIO(urllib.request.urlopen(here + "/api/surveys/small/mosaic/sqrt_ts.fits").read()))["SQRT_TS"]
            image, grid = survey.data, WCS(survey.header).celestial

            def expected(header, shape):
                y, x = np.mgrid[:shape[0], :shape[1]]
                sky = pixel_to_skycoord(x, y, WCS(header))
                on_sky = np.isfinite(sky.data.lon.deg)
                px, py = grid.world_to_pixel(sky)
                column, row = np.floor(px + 0.5), np.floor(py + 0.5)
                # A pixel's border is that of either neighbour.
                sure = np.minimum(abs(px + 0.5 - np.round(px + 0.5)), abs(py + 0.5 - np.round(py + 0.5))) > 1e-6
                inside = on_sky & (column >= 0) & (column < image.shape[1]) & (row >= 0) & (row < image.shape[0])
                values = np.full(shape, np.nan)
                values[inside] = image[row[inside].astype(int), column[inside].astype(int)]
                return values.astype("f4"), sure | ~on_sky

            centre = SkyCoord(340.4, 0.3, unit="deg", frame="galactic").icrs
            for projection, coordsys, angle, size in (("TAN", "icrs", 0, (60, 40)), ("CAR", "galactic", 30, (33, 57)),
                    ("MOL", "icrs", 0, (80, 80)), ("STG", "galactic", -70, (41, 41)), ("SIN", "icrs", 12, (40, 60))):
                hdu = hips2fits.query(hips="small/point-sqrt_ts", width=size[0], height=size[1], projection=projection,
                    ra=Longitude(centre.ra), dec=Latitude(centre.dec), fov=Angle(5, u.deg), coordsys=coordsys,
                    rotation_angle=Angle(angle, u.deg))[0]
                assert hdu.data.shape == size[::-1] and hdu.data.dtype == ">f4" and hdu.header["CTYPE1"].endswith(projection)
                wcs = WCS(hdu.header)
                middle = wcs.pixel_to_world((size[0] - 1) / 2, (size[1] - 1) / 2)
                assert middle.separation(centre) < 1 * u.mas, (projection, middle)
                values, sure = expected(hdu.header, hdu.data.shape)
                assert np.isfinite(values).sum() > 200 and sure.mean() > 0.99
                assert np.array_equal(hdu.data[sure], values[sure], equal_nan=True), (projection, np.nanmax(abs(hdu.data - values)))

            wcs = WCS(header=dict(NAXIS1=30, NAXIS2=20, CRPIX1=3.5, CRPIX2=12.0, CDELT1=-0.11, CDELT2=0.09, CUNIT1="deg", CUNIT2="deg",
                CTYPE1="RA---AIT", CTYPE2="DEC--AIT", CRVAL1=centre.ra.deg, CRVAL2=centre.dec.deg))
            hdu = hips2fits.query_with_wcs(hips=f"{here}/hips/small/point-sqrt_ts/", wcs=wcs)[0]
            values, sure = expected(hdu.header, (20, 30))
            assert WCS(hdu.header).pixel_to_world(7, 3).separation(wcs.pixel_to_world(7, 3)) < 1 * u.mas
            assert np.array_equal(hdu.data[sure], values[sure], equal_nan=True)

            for format, channels in (("png", 4), ("jpg", 3)):
                for cmap, stretch in (("Greys_r", "linear"), ("viridis", "power"), ("inferno_r", "asinh")):
                    picture = hips2fits.query_with_wcs(hips="ivo://tsmapsurvey/small/point-sqrt_ts", wcs=wcs, format=format,
                        cmap=cmap, stretch=stretch, min_cut=1, max_cut=99)
                    assert picture.shape == (20, 30, channels), picture.shape
                    if cmap == "Greys_r" and format == "png":
                        assert (picture[..., 0] == picture[..., 1]).all()
                        # The brightest pixel is where the FITS image has its maximum; its first row is the lowest.
                        seen = np.where(picture[..., 3] > 0, picture[..., 0], 0)[::-1]
                        assert seen[np.unravel_index(np.nanargmax(hdu.data), hdu.data.shape)] == seen.max() == 255

            for wrong, word in ((dict(hips="nix/point-sqrt_ts"), "nix"), (dict(hips="small/point"), "point"), (dict(cmap="nix"), "cmap"),
                    (dict(hips="http://elsewhere/hips/small/point-sqrt_ts"), "of this server")):
                try:
                    hips2fits.query_with_wcs(**(dict(hips="small/point-sqrt_ts", wcs=wcs) | wrong))
                except AttributeError as error:
                    assert word in str(error), error
                else:
                    raise AssertionError(wrong)
            """, server.Address.ToString().TrimEnd('/')]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
