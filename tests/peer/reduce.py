"""Reduces event files (DL3) with gammapy's makers and stacks them, one after the other.

usage: gammapy-python - FOLDER [--rounds 2] <tests/peer/reduce.py
The last line is the median of the seconds of an observation: reading, MapDatasetMaker, SafeMaskMaker, FoVBackgroundMaker, stacking.
"""
import argparse, glob, time
import numpy as np
from gammapy.data import Observation
from gammapy.datasets import MapDataset
from gammapy.makers import FoVBackgroundMaker, MapDatasetMaker, SafeMaskMaker
from gammapy.maps import MapAxis, WcsGeom

p = argparse.ArgumentParser()
p.add_argument("folder"); p.add_argument("--rounds", type=int, default=2)
a = p.parse_args()
energy = MapAxis.from_energy_bounds("0.6 TeV", "30 TeV", nbin=6)
true = MapAxis.from_energy_bounds("0.3 TeV", "60 TeV", nbin=12, name="energy_true")
geom = WcsGeom.create(skydir=(347.32, -0.4), frame="galactic", proj="CAR", binsz=0.04, width=(12, 10), axes=[energy])
stacked = MapDataset.create(geom, energy_axis_true=true, binsz_irf=0.5, migra_axis=None, name="stacked")
makers = [MapDatasetMaker(), SafeMaskMaker(methods=["offset-max", "aeff-default"], offset_max="2.3 deg"), FoVBackgroundMaker(method="scale")]
seconds = []
for _ in range(a.rounds):
    for file in sorted(glob.glob(f"{a.folder}/hess_*.fits.gz")):
        began = time.perf_counter()
        observation = Observation.read(file)
        dataset = stacked.cutout(observation.pointing.fixed_icrs, "5 deg", name=f"d{len(seconds)}")
        for maker in makers:
            dataset = maker.run(dataset, observation)
        stacked.stack(dataset)
        seconds.append(time.perf_counter() - began)
print(f"{int(stacked.counts.data.sum())} counts")
print(f"{np.median(seconds[len(seconds) // 2:]):.4f}")
