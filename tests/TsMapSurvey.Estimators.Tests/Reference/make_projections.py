"""Writes projections.json: what gammapy makes of an all-sky dataset in each projection.

    python make_projections.py FILE      (gammapy 2.1)

The dataset is made of formulas, which ProjectionSamples.cs has too. Pixels without sky have no counts, background and exposure: gammapy finds
no exposure for its kernel where they have any.
"""
import json
import sys

import astropy.units as u
import gammapy
import numpy as np
from gammapy.datasets import MapDataset
from gammapy.estimators import TSMapEstimator
from gammapy.irf import EDispKernelMap, PSFMap
from gammapy.maps import Map, MapAxis, WcsGeom
from gammapy.modeling.models import GaussianSpatialModel, Models, PointSpatialModel, PowerLawSpectralModel, SkyModel

ENERGY = MapAxis.from_energy_bounds(1, 10, 2, unit="TeV")
TRUE = MapAxis.from_energy_bounds(0.8, 12, 4, unit="TeV", name="energy_true")
RAD = MapAxis.from_bounds(0, 8, 80, unit="deg", name="rad")
IRF = WcsGeom.create(npix=3, binsz=120, proj="CAR", frame="galactic", skydir=(0, 0))
SIGMA = np.radians(1.3)
EVERY = 4


def dataset(projection):
    geom = WcsGeom.create(npix=(84, 44), binsz=4, proj=projection, frame="galactic", skydir=(30, -20), axes=[ENERGY])
    k, y, x = np.indices(geom.data_shape)
    sky = np.isfinite(geom.to_image().get_coord()["lon"].value)
    counts = 1 + ((x * 7919 + y * 104729 + x * y * 17 + k * 31) % 5 == 0) * 2.0 + 5 * ((y >= 22) & (y < 25) & (x >= 39) & (x < 43))
    exposure = np.array([[[1e10 * (j + 1) * (1 + 0.01 * c) for c in range(84)]] for j in range(4)]) * sky
    r = RAD.center.to_value("rad")
    psf = np.exp(-r ** 2 / (2 * SIGMA ** 2)) / (2 * np.pi * SIGMA ** 2)
    edisp = np.exp(-(np.log(ENERGY.center.value[None, :] / TRUE.center.value[:, None]) / 0.5) ** 2) / 2
    return MapDataset(
        name=projection, counts=Map.from_geom(geom, data=counts * sky), background=Map.from_geom(geom, data=np.full(geom.data_shape, 1.5) * sky),
        exposure=Map.from_geom(geom.to_image().to_cube([TRUE]), data=exposure, unit="m2 s"),
        psf=PSFMap(Map.from_geom(IRF.to_cube([RAD, TRUE]), data=np.ones((4, 80, 3, 3)) * psf[None, :, None, None], unit="sr-1")),
        edisp=EDispKernelMap(Map.from_geom(IRF.to_cube([ENERGY, TRUE]), data=np.ones((4, 2, 3, 3)) * edisp[:, :, None, None])))


def known():
    # Away from the rim of SIN: gammapy gives no counts at all to a source whose cut-out has pixels without sky.
    spectrum = PowerLawSpectralModel(index=2.2, amplitude="1e-12 cm-2 s-1 TeV-1")
    return Models([
        SkyModel(spectrum, GaussianSpatialModel(lon_0="50 deg", lat_0="-10 deg", sigma="3 deg", frame="galactic"), name="wide"),
        SkyModel(spectrum, PointSpatialModel(lon_0="12.3 deg", lat_0="-41.7 deg", frame="galactic"), name="point"),
    ])


def numbers(plane):
    return [None if not np.isfinite(value) else float(f"{value:.8g}") for value in plane[::EVERY, ::EVERY].ravel()]


def main():
    model = SkyModel(PowerLawSpectralModel(index=2, amplitude="1e-12 cm-2 s-1 TeV-1"), PointSpatialModel())
    table = {}
    for projection in ("AIT", "MOL", "SFL", "SIN", "ARC", "STG", "ZEA"):
        one = dataset(projection)
        maps = TSMapEstimator(model, kernel_width="30 deg", rtol=1e-9, selection_optional=["ul"], n_jobs=1).run(one)
        table[projection] = {name: numbers(maps[name].data[0]) for name in ("norm", "norm_err", "norm_ul", "ts")}
        one.models = known()
        table[projection]["npred"] = numbers(one.npred_signal().data.sum(axis=0))
    provenance = {"script": "make_projections.py", "gammapy": gammapy.__version__, "numpy": np.__version__}
    text = json.dumps({"provenance": provenance, "every": EVERY, "projections": table}, separators=(",", ":"))
    with open(sys.argv[1], "w", encoding="utf-8", newline="\n") as file:
        file.write(text.replace(',"', ',\n"') + "\n")


if __name__ == "__main__":
    main()
