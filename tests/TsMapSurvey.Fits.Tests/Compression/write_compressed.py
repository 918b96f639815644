"""Writes tile-compressed images with astropy (and fpack, where it is installed) into a folder, and what astropy reads of them as plain images beside: compressed.fits
and expected.fits have HDUs of the same names; primary.fits.fz and primary_expected.fits have one image. The files in this folder were made by it, with astropy 5.2.1 and
fpack of CFITSIO 4.2.0; all values are invented. packed_expected.fits is what astropy 8.0.2 reads of packed.fits.fz (hdu.data of each, written as ImageHDU): astropy 5.2
takes a ZBLANK for a number, and funpack 4.2 fails at a tile of the fourth."""
import gzip
import shutil
import subprocess
import sys
import warnings

import numpy as np
from astropy.io import fits

warnings.simplefilter("ignore")
folder = sys.argv[1]
rng = np.random.default_rng(20261130)
shape = (2, 9, 13)


def header(**more):
    cards = fits.Header()
    cards["OBJECT"], cards["BUNIT"] = "nothing", ("m2 s", "a unit")
    cards["CTYPE1"], cards["CTYPE2"], cards["CRVAL1"], cards["CRPIX1"], cards["CDELT1"] = "GLON-CAR", "GLAT-CAR", 83.6, 12.5, -0.02
    cards["HISTORY"] = "kept"
    for key, value in more.items():
        cards[key] = value
    return cards


def integers(dtype):
    info = np.iinfo(dtype)
    walk = np.cumsum(rng.integers(-3, 4, size=shape), axis=2) + rng.integers(0, 90)
    data = np.clip(walk, info.min, info.max).astype(dtype)
    data[0, 3] = 7
    data[1, 4] = rng.integers(info.min, min(info.max, 2**31 - 1), size=13, endpoint=True)
    return data


def reals(dtype, zeros=True):
    data = rng.normal(3, 1, size=shape).astype(dtype)
    if zeros:
        data[0, 2:5, 3:7] = 0
        data[1, 6, 4], data[1, 5, :5] = np.nan, np.nan
        data[1, 7] = 5
        data[0, 8] = rng.normal(0, 1e30, size=13)
    return data


compressed = [fits.PrimaryHDU()]
for algorithm in ("RICE_1", "GZIP_1", "GZIP_2"):
    for dtype in ("u1", "i2", "i4", "u2", "u4"):
        for name, tile in (("ROW", None), ("ODD", (5, 3, 2))):
            compressed.append(fits.CompImageHDU(integers(dtype), header(), name=f"{algorithm}_{dtype}_{name}".upper(), compression_type=algorithm, tile_size=tile))
    for dtype in ("f4", "f8"):
        for method in (-1, 1, 2):
            for name, tile in (("ROW", None), ("ODD", (9, 4, 1))):
                compressed.append(fits.CompImageHDU(
                    reals(dtype), header(), name=f"{algorithm}_{dtype}_DITHER{max(method, 0)}_{name}".upper(), compression_type=algorithm, tile_size=tile,
                    quantize_level=16, quantize_method=method, dither_seed=9990))
for algorithm in ("GZIP_1", "GZIP_2"):
    for dtype in ("f4", "f8"):
        data = reals(dtype)
        data.flat[:3] = np.inf, -np.inf, -0.0
        compressed.append(fits.CompImageHDU(data, header(), name=f"{algorithm}_{dtype}_LOSSLESS".upper(), compression_type=algorithm, quantize_level=0, tile_size=(10, 5, 2)))
# One long row, which needs more than one sequence of a tile's random numbers. Not among the stored files.
if "--long" in sys.argv:
    compressed.append(fits.CompImageHDU(rng.normal(size=(1, 10500)).astype("f4"), name="LONG_ROW", compression_type="RICE_1", quantize_method=1, dither_seed=9999))
compressed.append(fits.CompImageHDU(integers("i4")[0], name="PLIO", compression_type="PLIO_1"))
compressed.append(fits.CompImageHDU(integers("i4")[0], name="HCOMPRESS", compression_type="HCOMPRESS_1", tile_size=(13, 9)))
fits.HDUList(compressed).writeto(f"{folder}/compressed.fits", checksum=True)

expected = [fits.PrimaryHDU()]
with fits.open(f"{folder}/compressed.fits", uint=False, do_not_scale_image_data=True) as hdus:
    for hdu in hdus[1:]:
        if hdu.name in ("PLIO", "HCOMPRESS"):
            continue
        plain = fits.ImageHDU(hdu.data.copy(), name=hdu.name, do_not_scale_image_data=True)
        for key in ("BSCALE", "BZERO", "BLANK"):
            if key in hdu._header and key not in plain.header:
                plain.header[key] = hdu._header[key]
        expected.append(plain)
fits.HDUList(expected).writeto(f"{folder}/expected.fits")
for name in ("compressed.fits", "expected.fits"):
    with open(f"{folder}/{name}", "rb") as source, open(f"{folder}/{name}.gz", "wb") as target:
        target.write(gzip.compress(source.read(), 9, mtime=0))

if shutil.which("fpack"):
    primary = fits.PrimaryHDU(rng.integers(0, 9, size=(17, 23)).astype("i2"), header(BSCALE=0.5, BZERO=-3.0, BLANK=4, EXTEND=True), do_not_scale_image_data=True)
    primary.header["BSCALE"], primary.header["BZERO"], primary.header["BLANK"] = 0.5, -3.0, 4
    primary.writeto(f"{folder}/primary_expected.fits", checksum=True)
    subprocess.run(["fpack", "-r", "-O", f"{folder}/primary.fits.fz", f"{folder}/primary_expected.fits"], check=True)
    # Reals with NaN, which fpack gives a ZBLANK. One file of several images: the primary of the first and the extensions of all.
    with open(f"{folder}/packed.fits.fz", "wb") as packed:
        for number, flags in enumerate((["-r", "-q", "4"], ["-r", "-qz", "4"], ["-r", "-q0", "4"], ["-g2", "-q", "4", "-t", "5,4"], ["-g", "-q", "0"])):
            fits.PrimaryHDU(reals("f8" if number == 2 else "f4")[1], header()).writeto(f"{folder}/plain.fits", overwrite=True)
            content = subprocess.run(["fpack", *flags, "-S", f"{folder}/plain.fits"], check=True, stdout=subprocess.PIPE).stdout
            packed.write(content if number == 0 else content[2880:])
