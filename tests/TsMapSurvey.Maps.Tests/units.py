"""Writes units.json beside it: [text, other, factor], the factor that astropy (made with 8.0.2) finds from the one unit to the other. What astropy spells otherwise
(counts, sec, decimals as exponents, many divisions) is asked for in its own words, third in a row of ROWS."""
import json
import os

from astropy import units as u

FLUX = "cm-2 s-1 TeV-1"
ROWS = [
    ("10**4 cm2 s", "m2 s"), ("10+4 cm2 s", "m2 s"), ("10-4 km2 s", "m2 s"), ("10^4 cm2 s", "m2 s"), ("10^-4 km2 s", "m2 s"), ("10**(-4) km2 s", "m2 s"), ("10**(+4) cm2 s", "m2 s"),
    ("10(4) cm2 s", "m2 s", "10**4 cm2 s"), ("1e4 cm2 s", "m2 s"), ("0.5 m2.s", "cm2 s"), ("cm2 ks", "m2 s"), ("cm2.ks", "m2 s"), ("cm^2*s", "m2 s"), ("cm**2 s", "m2 s"), ("m(2) s", "m2 s"),
    ("m**(2) s", "m2 s"), ("m+2 s", "m2 s"), ("cm2(s)", "m2 s"), ("km2 yr", "m2 s"), ("hm2 h", "m2 s"), ("m2 d", "m2 s"), ("m2 min", "m2 s"), ("m2 a", "m2 s"), ("barn Ms", "m2 s"), ("cm2 sec", "m2 s", "cm2 s"),
    ("cm-2 s-1 TeV-1", FLUX), ("1 / (cm2 s TeV)", FLUX), ("1/(cm2 s TeV)", FLUX), ("1/cm2/s/TeV", FLUX, FLUX), ("TeV-1 / cm2 s", FLUX), ("/cm2/s/GeV", FLUX, "cm-2 s-1 GeV-1"), ("10**-12 TeV-1 cm-2 s-1", FLUX), ("MeV^-1 m^-2 s^-1", FLUX),
    ("ph cm-2 s-1 MeV-1", "ph cm-2 s-1 TeV-1"), ("photon / (cm2 s keV)", "ph cm-2 s-1 TeV-1"), ("photons cm**-2 s**-1 keV**-1", "ph cm-2 s-1 TeV-1", "ph cm**-2 s**-1 keV**-1"),
    ("erg / s cm2", "TeV cm-2 s-1"), ("erg / s * cm2", "TeV cm-2 s-1"), ("erg s-1 cm**-2", "TeV cm-2 s-1"), ("W m-2", "TeV cm-2 s-1"), ("mW/m2", "TeV cm-2 s-1"), ("J / (s m2)", "TeV cm-2 s-1"),
    ("MeV-1 s-1 sr-1", "TeV-1 s-1 deg-2"), ("sr-1", "deg-2"), ("sr**-1", "rad-2"), ("msr-1", "deg-2"), ("arcsec-2", "deg-2"), ("mas", "deg"), ("uas", "arcsec"), ("uarcsec", "arcsec"), ("arcmin", "deg"), ("rad", "deg"),
    ("mrad", "deg"), ("degree", "deg"), ("eV", "TeV"), ("keV", "TeV"), ("MeV", "TeV"), ("GeV", "TeV"), ("PeV", "TeV"), ("EeV", "TeV"), ("meV", "TeV"), ("erg", "TeV"), ("J", "TeV"), ("MJ", "TeV"), ("Ry", "eV"), ("kg m2 s-2", "TeV"),
    ("Angstrom", "m"), ("angstrom", "m"), ("AA", "m"), ("micron", "m"), ("um", "m"), ("nm", "m"), ("pm", "m"), ("fm", "m"), ("am", "m"), ("zm", "m"), ("ym", "m"), ("dm", "m"), ("dam", "m"), ("hm", "m"), ("Mm", "m"), ("Gm", "m"),
    ("Tm", "m"), ("Pm", "m"), ("Em", "m"), ("Zm", "m"), ("Ym", "m"), ("AU", "m"), ("au", "m"), ("pc", "m"), ("kpc", "m"), ("Mpc", "m"), ("lyr", "m"), ("klyr", "m"), ("solRad", "m"),
    ("yr", "s"), ("kyr", "s"), ("Ga", "s"), ("a", "s"), ("d", "s"), ("day", "s"), ("h", "s"), ("hr", "s"), ("hour", "s"), ("min", "s"), ("minute", "s"), ("year", "s"), ("ns", "s"), ("second", "s"),
    ("g", "J s2 m-2"), ("kg", "J s2 m-2"), ("u", "kg"), ("solMass", "kg"), ("solLum", "W"), ("Hz", "s-1"), ("GHz", "s-1"), ("kBq", "s-1"), ("N", "J m-1"), ("Pa", "N m-2"), ("hPa", "N m-2"), ("V", "J A-1 s-1"), ("C", "A s"), ("Ohm", "V A-1"),
    ("ohm", "V A-1"), ("S", "Ohm-1"), ("F", "C V-1"), ("Wb", "V s"), ("T", "Wb m-2"), ("G", "T"), ("uG", "T"), ("H", "Wb A-1"), ("lm", "cd sr"), ("lx", "cd sr m-2"), ("D", "C m"), ("Jy", "W m-2 Hz-1"), ("mJy / beam", "W m-2 Hz-1 beam-1"),
    ("MJy/sr", "W m-2 Hz-1 sr-1"), ("Mbarn", "m2"), ("R", "ph m-2 s-1 sr-1"), ("kR", "ph m-2 s-1 sr-1"), ("mmag", "mag"), ("mK", "K"), ("kmol", "mol"), ("kbyte", "bit"), ("%", ""),
    ("ct/s", "ct s-1"), ("count s-1", "ct min-1"), ("counts s-1", "ct s-1", "count s-1"), ("ct / (pixel s)", "ct pix-1 s-1"), ("adu s-1", "adu s-1"), ("electron / pix", "electron pixel-1"), ("voxel", "vox"), ("bin-1", "bin-1"), ("chan", "chan"),
    ("Jy/beam", "beam-1 Jy"), ("Sun", "Sun"), ("sqrt(GHz)", "Hz**(1/2)"), ("m**(1/2)", "sqrt(cm)"), ("m(1/2)", "sqrt(cm)"), ("m**(0.5)", "sqrt(cm)"), ("m0.5", "sqrt(cm)", "m(1/2)"), ("m^0.5", "sqrt(cm)", "m(1/2)"),
    ("m**(2/3)", "cm**(2/3)"), ("(m s)**2", "cm2 s2", "m2 s2"), ("(m s)2", "cm2 s2", "m2 s2"), ("m/s/kg", "cm s-1 kg-1"), ("/ m", "cm-1"), ("((m) (s))", "cm s", "m s"), ("km s-1 Mpc-1", "s-1"), ("kg.m-3", "g cm-3"), ("erg cm^-2 s^-1 Hz^-1", "Jy"),
]

rows = [[row[0], row[1], float(u.Unit(row[-1] if len(row) > 2 else row[0]).to(u.Unit(row[1])))] for row in ROWS]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "units.json"), "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
