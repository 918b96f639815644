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

warnings.simplefilter("ignore")  # RADECSYS is deprecated: that is what is tested

PROVENANCE = {"script": "make_reference.py", "astropy": astropy.__version__, "wcslib": _wcs.__version__, "numpy": np.__version__}


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
}


def system(cards):
    header = fits.Header()
    for name, value in cards.items():
        header[name] = value
    wcs = WCS(header, naxis=2)
    wcs.wcs.set()
    return wcs


def pixel_points(rng, entry):
    w, h = entry["width"], entry["height"]
    points = [(x, y) for x in (-0.5, 0.0, (w - 1) / 2, w - 0.5) for y in (-0.5, 0.0, (h - 1) / 2, h - 0.5)]
    return points + [(round(rng.uniform(-0.3 * w, 1.3 * w), 3), round(rng.uniform(-0.3 * h, 1.3 * h), 3)) for _ in range(104)]


def sky_points(rng, wcs):
    points = [(lon, lat) for lon in (0.0, 12.5, 180.0, 359.999, -75.0, 400.0) for lat in (-90.0, -89.9, -45.0, 0.0, 30.0, 89.99, 90.0)]
    for _ in range(78):
        z = rng.uniform(-1, 1)
        points.append((round(rng.uniform(0, 360), 3), round(float(np.degrees(np.arcsin(z))), 3)))
    lon, lat = wcs.wcs.crval
    for _ in range(40):
        points.append((round(lon + rng.gauss(0, 8), 3), round(min(max(lat + rng.gauss(0, 8), -90), 90), 3)))
    return points


def number(value):
    return float(value)


def entry_table(name, entry):
    rng = random.Random(name)
    wcs = system(entry["cards"])
    # CAR goes on beyond the native longitude of 180 degrees: bounds off. Beyond the native poles there is no sky.
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

    written = {card.keyword: card.value for card in wcs.to_header().cards if card.keyword != "MJDREF"}
    return entry | {"lonpole": number(wcs.wcs.lonpole), "latpole": number(wcs.wcs.latpole), "written": written,
                    "pixelToSky": to_sky, "skyToPixel": to_pixel}


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
    low_left, low_right, up_left, up_right = (SkyCoord(a, b, unit="deg") for a, b in zip(lon, lat))
    low, left = low_left.separation(low_right).rad, low_left.separation(up_left).rad
    up, right = up_left.separation(up_right).rad, low_right.separation(up_right).rad
    at_low_right = (low_right.position_angle(up_right) - low_right.position_angle(low_left)).rad
    at_up_left = (up_left.position_angle(up_right) - low_left.position_angle(up_left)).rad
    return number(abs(0.5 * low * right * np.sin(at_low_right) + 0.5 * up * left * np.sin(at_up_left)))


def solid_angles():
    names = ["real/hess_observation", "real/hess_irf_oblique", "real/fermi", "car/all_sky", "car/longitude_to_the_right", "car/pc",
             "oblique/north", "tan/icrs", "tan/galactic_wide", "tan/north_pole"]
    table = []
    for name in names:
        rng = random.Random(name)
        group, key = name.split("/")
        entry = HEADERS[group][key]
        wcs = system(entry["cards"])
        wcs.wcs.bounds_check(False, False)
        rows = []
        while len(rows) < 24:
            x, y = rng.randrange(entry["width"]), rng.randrange(entry["height"])
            rows.append([x, y, solid_angle(wcs, x, y)])
        table.append(entry | {"name": name, "pixels": rows})
    return table


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
    write(target, "solid-angles.json", {"grids": solid_angles()})
