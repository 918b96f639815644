"""Writes files with astropy into a folder, and expected.json with the content that a reader must find in them."""
import base64
import gzip
import json
import sys
import warnings

import numpy as np
from astropy.io import fits

warnings.simplefilter("ignore")
folder = sys.argv[1]
rng = np.random.default_rng(20240517)
checks = []


def pack(values):
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f8").tobytes()).decode()


def check(file, hdu, kind, values, column=None, **more):
    checks.append(dict(file=file, hdu=hdu, kind=kind, column=column, values=values, **more))


def physical(raw, scale, zero, blank=None):
    values = raw.astype("f8") * scale + zero
    return np.where(raw == blank, np.nan, values) if blank is not None else values


def images():
    hdus = [fits.PrimaryHDU()]
    shape = (3, 4, 5)
    for bits, dtype in ((8, "u1"), (16, ">i2"), (32, ">i4"), (64, ">i8")):
        info = np.iinfo(dtype)
        raw = rng.integers(info.min, info.max, size=shape, dtype=np.dtype(dtype).newbyteorder("="), endpoint=True)
        raw.flat[0], raw.flat[1] = info.min, info.max
        hdus.append(fits.ImageHDU(raw.astype(dtype), name=f"PLAIN{bits}"))
        check("images.fits", f"PLAIN{bits}", "image", pack(raw), axes=[5, 4, 3])
        scaled = fits.ImageHDU(raw.astype(dtype), name=f"SCALED{bits}", do_not_scale_image_data=True)
        scaled.header["BSCALE"], scaled.header["BZERO"], scaled.header["BLANK"] = 0.25, -3.5, int(raw.flat[7])
        hdus.append(scaled)
        check("images.fits", f"SCALED{bits}", "image", pack(physical(raw, 0.25, -3.5, raw.flat[7])), axes=[5, 4, 3])
    for bits, dtype in ((32, "f4"), (64, "f8")):
        raw = rng.normal(size=shape).astype(dtype)
        raw.flat[:4] = np.nan, np.inf, -np.inf, -0.0
        hdus.append(fits.ImageHDU(raw, name=f"FLOAT{bits}"))
        check("images.fits", f"FLOAT{bits}", "image", pack(raw), axes=[5, 4, 3])
    for dtype in ("u2", "u4", "u8", "i1"):
        info = np.iinfo(dtype)
        raw = rng.integers(info.min, info.max, size=7, dtype=dtype, endpoint=True)
        raw[:3] = info.min, info.max, 5
        hdus.append(fits.ImageHDU(raw, name=f"UNSIGNED{dtype}".upper()))
        check("images.fits", f"UNSIGNED{dtype}".upper(), "image", pack(raw), axes=[7])
    hdus.append(fits.ImageHDU(name="NOTHING"))
    check("images.fits", "NOTHING", "image", pack([]), axes=[])
    fits.HDUList(hdus).writeto(f"{folder}/images.fits", checksum=True)
    content = open(f"{folder}/images.fits", "rb").read()
    with open(f"{folder}/members.fits.gz", "wb") as out:
        for start in range(0, len(content), 5000):
            out.write(gzip.compress(content[start:start + 5000]))
    fits.HDUList(hdus).writeto(f"{folder}/images.fits.gz", checksum=True)
    for done in list(checks):
        for other in ("images.fits.gz", "members.fits.gz"):
            checks.append(dict(done, file=other))


def complex_parts(values):
    return pack(np.asarray(values, dtype="c16").view("f8"))


def tables():
    rows = 6
    file, name = "tables.fits", "FIXED"
    columns = []

    def add(column, form, kind, data, expected, **more):
        columns.append(fits.Column(name=column, format=form, array=data, **more))
        check(file, name, kind, expected, column=column, unit=more.get("unit", ""))

    flags = rng.random(rows) < 0.5
    add("L", "L", "doubles", flags, pack(flags))
    bits = rng.random((rows, 11)) < 0.5
    add("X", "11X", "doubles", bits, pack(bits))
    for letter, dtype in (("B", "u1"), ("I", "i2"), ("J", "i4"), ("K", "i8")):
        info = np.iinfo(dtype)
        raw = rng.integers(info.min, info.max, size=(rows, 3), dtype=dtype, endpoint=True)
        add(letter, f"3{letter}", "doubles", raw, pack(raw), unit="cm-2 s-1")
        # astropy would scale an array it is given: the null column is written as stored.
        blank = int(raw[2, 1])
        add(f"{letter}_NULL", f"3{letter}", "doubles", raw, pack(np.where(raw == blank, np.nan, raw.astype("f8"))), null=blank)
    for letter, dtype in (("E", "f4"), ("D", "f8")):
        raw = rng.normal(size=(rows, 6)).astype(dtype)
        raw[0, 0] = np.nan
        add(letter, f"6{letter}", "doubles", raw, pack(raw), dim="(3,2)", unit="MeV-1 s-1 sr-1")
    for letter, dtype in (("C", "c8"), ("M", "c16")):
        raw = (rng.normal(size=(rows, 2)) + 1j * rng.normal(size=(rows, 2))).astype(dtype)
        add(letter, f"2{letter}", "complex", raw, complex_parts(raw))
    texts = ["alpha", "", "it's", "  lead", "x" * 12, "tail  "]
    add("A", "12A", "strings", texts, [text.rstrip() for text in texts])
    words = np.array([["a", "bb"], ["ccc", ""], ["d", "e"], ["f", "gg"], ["hhh", "i"], ["", ""]])
    add("A2", "6A", "strings", words, list(words.flat), dim="(3,2)")
    for dtype, letter in (("u2", "I"), ("u4", "J"), ("u8", "K")):
        raw = rng.integers(0, np.iinfo(dtype).max, size=rows, dtype=dtype, endpoint=True)
        raw[0] = 5
        add(f"U{letter}", letter, "doubles", raw, pack(raw), bzero=1 << (8 * np.dtype(dtype).itemsize - 1))
    fixed = fits.BinTableHDU.from_columns(columns, name=name)

    scaled = fits.BinTableHDU.from_columns([fits.Column(name="S", format="2I", array=np.arange(12, dtype="i2").reshape(6, 2))], name="SCALED")
    scaled.header["TSCAL1"], scaled.header["TZERO1"], scaled.header["TNULL1"] = 0.1, 100.5, 7
    check(file, "SCALED", "doubles", pack(physical(np.arange(12), 0.1, 100.5, 7)), column="S", unit="")

    empty = fits.BinTableHDU.from_columns([fits.Column(name="d", format="D", array=np.zeros(0))], name="NOROWS")
    check(file, "NOROWS", "doubles", pack([]), column="d", unit="")
    ascii_table = fits.TableHDU.from_columns([fits.Column(name="a", format="I5", array=np.arange(4))], name="ASCII")
    fits.HDUList([fits.PrimaryHDU(), fixed, ascii_table, scaled, empty]).writeto(f"{folder}/{file}", checksum=True)

    # astropy 5 cannot sum every kind of variable-length array: no checksum here.
    file, name = "variable.fits", "VARIABLE"
    columns = []
    # Variable-length logicals are left out: astropy 5 stores 1 and 0 for T and F.
    for form in ("PB", "PI", "PJ", "PK", "PE", "PD", "QD", "QJ"):
        dtype = {"B": "u1", "I": "i2", "J": "i4", "K": "i8", "E": "f4", "D": "f8"}[form[1]]
        arrays = np.empty(rows, dtype=object)
        arrays[:] = [(rng.normal(size=n) * 100).astype(dtype) if dtype != "u1" else rng.integers(0, 256, n).astype(dtype) for n in (0, 1, 5, 3, 0, 700)]
        add(form, f"{form}()", "variable", arrays, [pack(array) for array in arrays])
    for form in ("PC", "PM"):
        arrays = np.empty(rows, dtype=object)
        arrays[:] = [(rng.normal(size=n) + 1j * rng.normal(size=n)).astype("c8" if form == "PC" else "c16") for n in (2, 0, 1, 3, 0, 4)]
        add(form, f"{form}()", "variable-complex", arrays, [complex_parts(array) for array in arrays])
    variable = fits.BinTableHDU.from_columns(columns, name=name)
    fits.HDUList([fits.PrimaryHDU(), variable]).writeto(f"{folder}/{file}")


def headers():
    hdu = fits.PrimaryHDU()
    values = {
        "TEXT": "O'Neil's ''quoted'' text", "EMPTY": "", "LEAD": "   three blanks before", "SLASH": "a / b = c", "AMP": "ends in &",
        "LONG1": "long text of many words, with 'quotes', " * 9, "LONG2": "x" * 67 + "'" * 9 + "y" * 80,
        "INT": -42, "BIG": 9223372036854775807, "REAL": -1.234567890123e-100, "SMALL": 1e-5, "HALF": 0.5, "YES": True, "NO": False,
        "HIERARCH ESO TEL FOCU SCALE": 1.489, "HIERARCH a lower key": "text", "HIERARCH LONGKEYWORD": 7,
    }
    for key, value in values.items():
        hdu.header[key] = (value, "a comment") if isinstance(value, (int, float)) else value
    hdu.header["UNDEF"] = None
    for i in range(3):
        hdu.header["COMMENT"] = f"comment {i}"
        hdu.header["HISTORY"] = f"history {i}"
    hdu.writeto(f"{folder}/headers.fits", checksum=True)
    check("headers.fits", "PRIMARY", "header", {key.replace("HIERARCH ", "").upper(): value for key, value in values.items()})


images()
tables()
headers()
json.dump(checks, open(f"{folder}/expected.json", "w"))
