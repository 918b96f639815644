"""Writes the reference tables of the sky tests: what astropy and its wcslib say about headers, frames, distances and solid angles.

    python3 make_reference.py [FOLDER]      (default: the folder of this script)

Random points come from fixed seeds; inputs are rounded, so that they are exact in the tables.
"""
import json
import os
import random
import sys
import warnings

import astropy
import astropy.units as u
import numpy as np
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.wcs import WCS, _wcs

try:
    import astropy_healpix
    from astropy_healpix import core, healpy
except ImportError:  # not everywhere that astropy is: healpix.json is not written then
    astropy_healpix = None

warnings.simplefilter("ignore")  # RADECSYS is deprecated: that is what is tested

PROVENANCE = {"script": "make_reference.py", "astropy": astropy.__version__, "wcslib": getattr(_wcs, "__version__", ""), "numpy": np.__version__}


def header(kind, width, height, crpix, crval, cdelt=None, **more):
    lon, lat = {"G": ("GLON", "GLAT"), "R": ("RA--", "DEC-")}[kind[0]]
    cards = {"CTYPE1": f"{lon}-{kind[1:]}", "CTYPE2": f"{lat}-{kind[1:]}", "CUNIT1": "deg", "CUNIT2": "deg",
             "CRPIX1": crpix[0], "CRPIX2": crpix[1], "CRVAL1": crval[0], "CRVAL2": crval[1]}
    if cdelt:
        cards |= {"CDELT1": cdelt[0], "CDELT2": cdelt[1]}
    return {"width": width, "height": height, "cards": cards | more}


PC = {"PC1_1": 0.8, "PC1_2": -0.6, "PC2_1": 0.6, "PC2_2": 0.8}
HEADERS = {
    "real": {
        # The observation, IRF and stacked grids of the H.E.S.S. RX J1713 maps, and the Fermi-LAT 3FHL Galactic centre map.
        "hess_observation": header("GCAR", 125, 125, (-243.5, 89.5), (0.0, 0.0), (-0.04, 0.04), LONPOLE=0.0, LATPOLE=90.0, WCSAXES=2),
        "hess_irf_oblique": header("GCAR", 10, 10, (6.5, 6.5), (347.32, -0.4), (-0.5, 0.5), LONPOLE=180.0, LATPOLE=89.6),
        "hess_stacked": header("GCAR", 300, 250, (-166.5, 135.5), (0.0, 0.0), (-0.04, 0.04), LONPOLE=0.0, LATPOLE=90.0),
        "fermi": header("GCAR", 400, 200, (200.5, 100.5), (0.0, 0.0), (-0.05, 0.05), LONPOLE=0.0, LATPOLE=90.0),
        "old_with_radecsys": header("GCAR", 400, 200, (200.5, 100.5), (0.0, 0.0), (-0.05, 0.05), RADECSYS="FK5", EQUINOX=2000.0),
        "far_crpix": header("GCAR", 125, 125, (4301.5, -89.5), (0.0, 0.0), (-0.04, 0.04)),
    },
    "car": {
        "all_sky": header("GCAR", 720, 360, (360.5, 180.5), (0.0, 0.0), (-0.5, 0.5)),
        "all_sky_about_180": header("GCAR", 720, 360, (360.5, 180.5), (180.0, 0.0), (-0.5, 0.5)),
        "icrs": header("RCAR", 200, 200, (100.5, 100.5), (83.6331, 0.0), (-0.1, 0.1)),
        "longitude_to_the_right": header("RCAR", 200, 100, (17.25, 3.75), (10.0, 0.0), (0.3, -0.2), RADESYS="ICRS"),
        "lonpole_180": header("GCAR", 300, 200, (150.5, 100.5), (40.0, 0.0), (-0.7, 0.7), LONPOLE=180.0),
        "upside_down": header("GCAR", 300, 200, (150.5, 100.5), (40.0, 0.0), (-0.7, 0.7), LATPOLE=-90.0),
        "latpole_between": header("GCAR", 300, 200, (150.5, 100.5), (40.0, 0.0), (-0.7, 0.7), LATPOLE=0.0),
        "pc": header("GCAR", 200, 200, (100.5, 100.5), (0.0, 0.0), (-0.3, 0.2), **PC),
        "cd": header("RCAR", 200, 200, (100.5, 100.5), (300.0, 0.0), CD1_1=-0.2, CD1_2=0.05, CD2_1=0.03, CD2_2=0.25, RADESYS="FK5"),
        "crota2": header("RCAR", 200, 200, (100.5, 100.5), (20.0, 0.0), (-0.3, 0.2), CROTA2=25.0, RADECSYS="FK5", EQUINOX=2000.0),
    },
    "oblique": {
        "north": header("RCAR", 200, 200, (100.5, 100.5), (83.6331, 22.0145), (-0.1, 0.1)),
        "south": header("RCAR", 200, 200, (100.5, 100.5), (266.4168, -29.0078), (-1.0, 1.0)),
        "lonpole_30": header("GCAR", 200, 200, (100.5, 100.5), (120.0, 50.0), (-0.9, 0.9), LONPOLE=30.0),
        "other_solution": header("GCAR", 200, 200, (100.5, 100.5), (120.0, 20.0), (-0.9, 0.9), LONPOLE=30.0, LATPOLE=-90.0),
        "lonpole_150_south": header("GCAR", 200, 200, (100.5, 100.5), (120.0, -20.0), (-0.9, 0.9), LONPOLE=150.0),
        "reference_at_the_pole": header("RCAR", 200, 200, (100.5, 100.5), (30.0, 90.0), (-0.9, 0.9)),
        "reference_at_the_south_pole": header("RCAR", 200, 200, (100.5, 100.5), (30.0, -90.0), (-0.9, 0.9)),
        "latpole_decides": header("GCAR", 200, 200, (100.5, 100.5), (75.0, 0.0), (-0.9, 0.9), LONPOLE=90.0, LATPOLE=45.0),
        "pc": header("RCAR", 200, 200, (100.5, 100.5), (200.0, 12.0), (-0.3, 0.2), **PC),
    },
    "tan": {
        "icrs": header("RTAN", 200, 200, (100.5, 100.5), (83.6331, 22.0145), (-0.02, 0.02)),
        "galactic_wide": header("GTAN", 200, 200, (100.5, 100.5), (0.0, 0.0), (-1.0, 1.0)),
        "north_pole": header("RTAN", 200, 200, (100.5, 100.5), (45.0, 90.0), (-0.2, 0.2), RADESYS="FK5"),
        "south_pole": header("GTAN", 200, 200, (100.5, 100.5), (310.0, -90.0), (-0.2, 0.2)),
        "cd": header("RTAN", 200, 200, (512.3, -77.8), (161.265, -59.685), CD1_1=-0.02, CD1_2=0.005, CD2_1=0.004, CD2_2=0.025, EQUINOX=2000.0),
        "crota2": header("RTAN", 200, 200, (100.5, 100.5), (350.85, 58.815), (-0.03, 0.02), CROTA2=-70.0, RADESYS="FK5", EQUINOX=2000.0),
        "lonpole_150": header("GTAN", 200, 200, (100.5, 100.5), (184.5575, -5.7844), (-0.1, 0.1), LONPOLE=150.0),
        "pc": header("RTAN", 200, 200, (100.5, 100.5), (10.0, 41.0), (-0.1, 0.1), **PC),
    },
    "zenithal": {
        "sin": header("RSIN", 130, 130, (65.5, 65.5), (50.674, -37.208), (-1.0, 1.0)),
        "sin_lonpole": header("GSIN", 130, 130, (65.5, 65.5), (310.0, -65.0), (-1.0, 0.9), LONPOLE=-33.0),
        "sin_north_pole": header("RSIN", 130, 130, (65.5, 65.5), (12.0, 90.0), (-1.0, 1.0), RADESYS="FK5"),
        "sin_slanted": header("RSIN", 200, 200, (100.5, 90.5), (200.0, 25.0), (-0.8, 0.8), PV2_1=0.3, PV2_2=-0.7),
        "sin_slanted_far": header("GSIN", 200, 200, (100.5, 100.5), (10.0, -80.0), (-1.5, 1.5), PV2_1=-1.2, PV2_2=0.9, **PC),
        "ncp": header("RNCP", 200, 200, (100.5, 100.5), (187.7, 40.0), (-0.8, 0.8)),
        "arc": header("GARC", 390, 390, (195.5, 195.5), (74.0, -8.5), (-1.0, 1.0)),
        "arc_template": header("GARC", 50, 40, (25.5, 20.5), (278.6, 1.4), (-0.1, 0.1)),
        "arc_cd": header("RARC", 200, 200, (110.5, 80.5), (200.0, -89.0), CD1_1=-2.0, CD1_2=0.4, CD2_1=0.3, CD2_2=2.2),
        "arc_moved": header("RARC", 200, 200, (100.5, 100.5), (30.0, 20.0), (-2.0, 2.0), PV1_0=1.0, PV1_1=25.0, PV1_2=60.0),
        "stg": header("GSTG", 200, 200, (100.5, 100.5), (120.0, 27.0), (-3.0, 3.0)),
        "stg_south_pole": header("RSTG", 200, 200, (100.5, 100.5), (77.0, -90.0), (-4.0, 4.0), LONPOLE=20.0),
        "stg_crota2": header("RSTG", 200, 200, (100.5, 100.5), (350.85, 58.815), (-3.0, 2.0), CROTA2=-70.0, RADESYS="FK5", EQUINOX=2000.0),
        "zea": header("GZEA", 240, 240, (120.5, 120.5), (0.0, 90.0), (-1.0, 1.0)),
        "zea_oblique": header("RZEA", 240, 240, (120.5, 120.5), (266.4, -29.0), (-1.0, 1.0), LONPOLE=140.0),
        "zea_pc": header("GZEA", 200, 200, (150.5, 70.5), (359.9, 44.0), (-1.3, 1.1), **PC),
    },
    "allsky": {
        "ait": header("GAIT", 330, 170, (165.5, 85.5), (0.0, 0.0), (-1.0, 1.0)),
        "ait_oblique": header("RAIT", 330, 170, (165.5, 85.5), (266.4, -29.0), (-1.0, 1.0)),
        "ait_template": header("GAIT", 50, 50, (25.5, 25.5), (34.65, -0.39), (-0.02, 0.02), LONPOLE=180.0),
        "ait_latpole": header("GAIT", 200, 100, (100.5, 50.5), (75.0, 0.0), (-1.6, 1.6), LONPOLE=90.0, LATPOLE=45.0),
        "mol": header("GMOL", 330, 170, (165.5, 85.5), (0.0, 0.0), (-1.0, 1.0)),
        "mol_about_180": header("RMOL", 165, 85, (83.0, 43.0), (180.0, 0.0), (-2.0, 2.0), RADESYS="FK5"),
        "mol_oblique_pc": header("GMOL", 330, 330, (165.5, 165.5), (120.0, 50.0), (-1.0, 1.0), LONPOLE=30.0, **PC),
        "sfl": header("GSFL", 370, 190, (185.5, 95.5), (0.0, 0.0), (-1.0, 1.0)),
        "sfl_oblique": header("RSFL", 370, 190, (185.5, 95.5), (83.6, 22.0), (-1.0, 1.0)),
        "sfl_at_the_pole": header("RSFL", 370, 190, (185.5, 95.5), (30.0, 90.0), (-1.0, 1.0)),
        "sfl_moved": header("GSFL", 370, 190, (185.5, 95.5), (30.0, 20.0), (-1.0, 1.0), PV1_1=10.0, PV1_2=15.0),
        "gls_north": header("RGLS", 370, 190, (185.5, 95.5), (258.3, 39.8), (-1.0, 1.0)),
        "gls_south": header("GGLS", 60, 60, (30.5, 30.5), (315.4, -2.3), (-0.05, 0.05)),
        "gls_lonpole": header("RGLS", 370, 190, (185.5, 95.5), (20.0, -60.0), (-1.0, 0.5), LONPOLE=15.0),
    },
}
FEW = ("zenithal", "allsky")  # fewer points of each, as there are more headers


def system(cards):
    header = fits.Header()
    for name, value in cards.items():
        header[name] = value
    wcs = WCS(header, naxis=2)
    wcs.wcs.set()
    return wcs


def rim(wcs, code):
    """Pixels near the edge of the sky's image, inside and outside, away from the poles."""
    angle = np.radians(np.arange(7.0, 360.0, 45.0))
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    r0 = 180 / np.pi
    if code == "SFL":
        lat = np.array([-77.0, -45.0, -8.0, 0.0, 31.0, 66.0])
        inside = np.stack([180 * np.cos(np.radians(lat)) * [1, -1, 1, -1, 1, -1], lat], axis=1)
        scales = [(1 - 1e-8, 1), (1 + 1e-8, 1)]
    else:
        axes = {"SIN": (r0, r0), "ARC": (180, 180), "ZEA": (2 * r0, 2 * r0), "AIT": (8 ** 0.5 * r0, 2 ** 0.5 * r0), "MOL": (8 ** 0.5 * r0, 2 ** 0.5 * r0)}
        inside = circle * axes[code]
        scales = [(1 - 1e-8, 1 - 1e-8), (1 + 1e-8, 1 + 1e-8)]
    plane = np.concatenate([inside * scale for scale in scales])
    pixels = plane @ np.linalg.inv(wcs.wcs.get_pc() * np.array(wcs.wcs.cdelt)[:, None]).T + wcs.wcs.crpix - 1
    return [(round(x, 9), round(y, 9)) for x, y in pixels]


def pixel_points(rng, entry, count=104):
    w, h = entry["width"], entry["height"]
    points = [(x, y) for x in (-0.5, 0.0, (w - 1) / 2, w - 0.5) for y in (-0.5, 0.0, (h - 1) / 2, h - 0.5)]
    return points + [(round(rng.uniform(-0.3 * w, 1.3 * w), 3), round(rng.uniform(-0.3 * h, 1.3 * h), 3)) for _ in range(count)]


def sky_points(rng, wcs, count=78):
    points = [(lon, lat) for lon in (0.0, 12.5, 180.0, 359.999, -75.0, 400.0) for lat in (-90.0, -89.9, -45.0, 0.0, 30.0, 89.99, 90.0)]
    for _ in range(count):
        z = rng.uniform(-1, 1)
        points.append((round(rng.uniform(0, 360), 3), round(float(np.degrees(np.arcsin(z))), 3)))
    lon, lat = wcs.wcs.crval
    for _ in range(count // 2 + 1):
        points.append((round(lon + rng.gauss(0, 8), 3), round(min(max(lat + rng.gauss(0, 8), -90), 90), 3)))
    return points


def number(value):
    return float(value)


def entry_table(name, entry):
    rng = random.Random(name)
    wcs = system(entry["cards"])
    if name.split("/")[0] in FEW:
        return entry | resolved(wcs) | new_rows(rng, wcs, entry)
    # CAR continues beyond the native longitude of 180 degrees, so bounds are off. Beyond the native poles there is no sky.
    loose = system(entry["cards"])
    loose.wcs.bounds_check(False, False)
    pixels = pixel_points(rng, entry)
    there = loose.wcs.p2s(np.array(pixels), 0)
    to_sky = []
    for (x, y), theta, world in zip(pixels, there["theta"], there["world"]):
        row = [x, y]
        if abs(theta) <= 90 + 1e-12:
            row += [number(world[0]), number(world[1])]
        to_sky.append(row)

    sky = sky_points(rng, wcs)
    strict = wcs.wcs_world2pix(np.array(sky), 0)
    native = loose.wcs.s2p(np.array(sky), 0)
    to_pixel = []
    for (lon, lat), pixel, theta in zip(sky, strict, native["theta"]):
        turned = abs(wcs.wcs.latpole if name.startswith(("real", "car")) else 0) != 90
        if turned and 89.99 < abs(theta) < 90.01 and "CAR" in entry["cards"]["CTYPE1"]:
            continue  # longitude about the native pole is noise
        if "TAN" in entry["cards"]["CTYPE1"] and abs(theta) < 0.5:
            continue  # next to the horizon the plane is infinite
        row = [lon, lat]
        if np.all(np.isfinite(pixel)):
            row += [number(pixel[0]), number(pixel[1])]
        to_pixel.append(row)

    return entry | resolved(wcs) | {"pixelToSky": to_sky, "skyToPixel": to_pixel}


def resolved(wcs):
    written = {card.keyword: card.value for card in wcs.to_header().cards if card.keyword != "MJDREF"}
    return {"lonpole": number(wcs.wcs.lonpole), "latpole": number(wcs.wcs.latpole), "written": written}


def new_rows(rng, wcs, entry):
    """The projections that do not repeat: what wcslib calls invalid has no numbers. Left out is where wcslib's own numbers are noise."""
    code = wcs.wcs.ctype[0][-3:]
    count = entry.get("points", 24)
    loose = system(entry["cards"])
    loose.wcs.bounds_check(False, False)
    moved = any(card in entry["cards"] for card in ("PV1_0", "PV1_1", "PV2_1")) or entry["cards"]["CTYPE1"][-3:] in ("GLS", "NCP")
    slant = {m: value for axis, m, value in wcs.wcs.get_pv() if axis == 2}
    slant = (slant.get(1, 0.0), slant.get(2, 0.0))
    pixels = pixel_points(rng, entry, count) + ([] if moved or code == "STG" else rim(wcs, code))
    to_sky = []
    for pixel, world, theta in zip(pixels, wcs.wcs_pix2world(np.array(pixels), 0), loose.wcs.p2s(np.array(pixels), 0)["theta"]):
        if code == "MOL" and abs(theta) > 89:
            continue  # the arcsine of nearly 1
        to_sky.append([*pixel] + ([round(number(value), 11) for value in world] if np.all(np.isfinite(world)) else []))
    sky = sky_points(rng, wcs, count)
    native = loose.wcs.s2p(np.array(sky), 0)
    to_pixel = []
    for position, pixel, phi, theta in zip(sky, wcs.wcs_world2pix(np.array(sky), 0), native["phi"], native["theta"]):
        if code == "MOL" and 89 < abs(theta) < 90:
            continue  # wcslib's bisection stops too early next to the poles
        sin, cos = np.sin(np.radians([theta, phi])), np.cos(np.radians([theta, phi]))
        if code == "SIN" and abs(sin[0] + cos[0] * (slant[0] * sin[1] - slant[1] * cos[1])) < 1e-12:
            continue  # on the rim: inside or outside by rounding
        if code in ("STG", "ARC", "ZEA") and theta < -89:
            continue  # all of the plane's far circle, or infinity
        if code in ("AIT", "MOL", "SFL") and abs(phi) > 180 - 1e-9 and abs(theta) < 90 - 1e-9:
            continue  # either end of the native date line
        to_pixel.append([*position] + ([round(number(value), 11) for value in pixel] if np.all(np.isfinite(pixel)) else []))
    return {"pixelToSky": to_sky, "skyToPixel": to_pixel}


def frames():
    rng = random.Random("frames")
    points = [(0.0, 0.0), (0.0, 90.0), (0.0, -90.0), (180.0, 0.0), (266.405, -28.936), (192.859, 27.128)]
    points += [(round(rng.uniform(0, 360), 4), round(float(np.degrees(np.arcsin(rng.uniform(-1, 1)))), 4)) for _ in range(144)]
    rows = []
    for source in ("icrs", "fk5", "galactic"):
        coordinate = SkyCoord([p[0] for p in points], [p[1] for p in points], unit="deg", frame=source)
        for target in ("icrs", "fk5", "galactic"):
            if source == target:
                continue
            there = coordinate.transform_to(target).spherical
            for point, lon, lat in zip(points, there.lon.deg, there.lat.deg):
                rows.append([source, point[0], point[1], target, number(lon), number(lat)])
    return rows


def distances():
    rng = random.Random("distances")
    rows = []
    for index in range(200):
        lon, lat = round(rng.uniform(0, 360), 4), round(rng.uniform(-90, 90), 4)
        close = index % 3 == 0
        other_lon = round(lon + rng.uniform(-0.01, 0.01), 6) if close else round(rng.uniform(0, 360), 4)
        other_lat = round(min(90, max(-90, lat + rng.uniform(-0.01, 0.01))), 6) if close else round(rng.uniform(-90, 90), 4)
        angle, separation = round(rng.uniform(0, 360), 3), round(rng.uniform(0, 170), 3)
        a = SkyCoord(lon, lat, unit="deg")
        b = SkyCoord(other_lon, other_lat, unit="deg")
        there = a.directional_offset_by(angle * u.deg, separation * u.deg)
        rows.append([lon, lat, other_lon, other_lat, number(a.separation(b).deg), number(a.position_angle(b).deg),
                     angle, separation, number(there.ra.deg), number(there.dec.deg)])
    return rows


def solid_angle(wcs, x, y):
    """gammapy's maps/wcs/geom.py, solid_angle, for one pixel: written again from its definition."""
    lon, lat = wcs.wcs_pix2world([x - 0.5, x - 0.5, x + 0.5, x + 0.5], [y - 0.5, y + 0.5, y - 0.5, y + 0.5], 0)
    if not np.all(np.isfinite(lon)):
        return None
    low_left, low_right, up_left, up_right = (SkyCoord(a, b, unit="deg") for a, b in zip(lon, lat))
    low, left = low_left.separation(low_right).rad, low_left.separation(up_left).rad
    up, right = up_left.separation(up_right).rad, low_right.separation(up_right).rad
    at_low_right = (low_right.position_angle(up_right) - low_right.position_angle(low_left)).rad
    at_up_left = (up_left.position_angle(up_right) - low_left.position_angle(up_left)).rad
    return number(abs(0.5 * low * right * np.sin(at_low_right) + 0.5 * up * left * np.sin(at_up_left)))


def solid_angles():
    names = ["real/hess_observation", "real/hess_irf_oblique", "real/fermi", "car/all_sky", "car/longitude_to_the_right", "car/pc",
             "oblique/north", "tan/icrs", "tan/galactic_wide", "tan/north_pole", "zenithal/sin", "zenithal/sin_slanted", "zenithal/arc",
             "zenithal/stg", "zenithal/zea_pc", "allsky/ait", "allsky/mol", "allsky/sfl", "allsky/gls_north"]
    table = []
    for name in names:
        rng = random.Random(name)
        group, key = name.split("/")
        entry = HEADERS[group][key]
        wcs = system(entry["cards"])
        if "CAR" in entry["cards"]["CTYPE1"]:
            wcs.wcs.bounds_check(False, False)
        rows = []
        while len(rows) < 24:
            x, y = rng.randrange(entry["width"]), rng.randrange(entry["height"])
            if (area := solid_angle(wcs, x, y)) is not None:
                rows.append([x, y, area])
        table.append(entry | {"name": name, "pixels": rows})
    return table


def healpix():
    """Cells that contain a position, positions inside a cell, ring indices, neighbours and cells in cones; astropy_healpix 1.x."""
    rng = random.Random("healpix")
    cells, places = [], []
    poles = [(0.0, 90.0), (45.0, -90.0), (0.0, 0.1), (359.9999999, 41.8), (90.0, 41.81), (12.0, 89.9999999), (200.0, -89.999)]
    for k in range(400):
        order = rng.randrange(30)
        lon, lat = poles[k] if k < len(poles) else (round(rng.uniform(0, 360), 9), round(np.degrees(np.arcsin(rng.uniform(-1, 1))), 9))
        index = int(astropy_healpix.lonlat_to_healpix(lon * u.deg, lat * u.deg, 2**order, order="nested"))
        cells.append([order, lon, lat, index])
        index, x, y = rng.randrange(12 * 4**order), rng.randrange(1, 16) / 16, rng.randrange(1, 16) / 16
        lon, lat = astropy_healpix.healpix_to_lonlat(index, 2**order, dx=x, dy=y, order="nested")
        places.append([order, index, x, y, number(lon.deg), number(lat.deg)])
    rng = random.Random("healpix neighbours")
    rings, neighbours, cones = [], [], []
    for k in range(600):
        order = rng.randrange(30)
        # All corners of the base cells first, where cells have seven neighbours, and the poles.
        corner = [0, 4**order // 3, 2 * (4**order // 3), 4**order - 1][k // 12 % 4]
        index = k % 12 * 4**order + corner if k < 240 else rng.randrange(12 * 4**order)
        rings.append([order, index, int(healpy.nest2ring(2**order, index))])
        if order > 0:
            around = astropy_healpix.neighbours(index, 2**order, order="nested")
            neighbours.append([order, index, sorted(int(one) for one in around if one >= 0)])
    for k in range(60):
        order = rng.randrange(1, 6)
        lon, lat = poles[k] if k < len(poles) else (round(rng.uniform(0, 360), 9), round(np.degrees(np.arcsin(rng.uniform(-1, 1))), 9))
        radius = round(10 ** rng.uniform(-2, 1.5), 6)
        inside = core.healpix_cone_search(lon * u.deg, lat * u.deg, radius * u.deg, 2**order, order="nested")
        cones.append([order, lon, lat, radius, sorted(int(one) for one in inside)])
    return {"cells": cells, "places": places, "rings": rings, "neighbours": neighbours, "cones": cones}


def write(folder, name, content):
    text = json.dumps({"provenance": PROVENANCE, **content}, separators=(",", ":"))
    text = text.replace(',"', ',\n"').replace("],[", "],\n[") + "\n"
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    target = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    for group, entries in HEADERS.items():
        write(target, f"wcs-{group}.json", {"headers": [{"name": key} | entry_table(f"{group}/{key}", entry) for key, entry in entries.items()]})
    write(target, "frames.json", {"rows": frames()})
    write(target, "distances.json", {"rows": distances()})
    if astropy_healpix:
        write(target, "healpix.json", healpix())
    write(target, "solid-angles.json", {"grids": solid_angles()})
