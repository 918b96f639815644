"""Reads MapDataset files one after the other and stacks them with gammapy, as one run over a survey does.

usage: gammapy-python - FILE.fits.gz... [--like STACKED.fits.gz] [--repeat 1] <tests/peer/stack.py
The files are read --repeat times, as if they were so many more. --like gives the image that they are stacked on (else the first one's).
The last line is the seconds of reading and stacking, the one before it those of reading alone.
"""
import argparse, time
from gammapy.datasets import MapDataset

p = argparse.ArgumentParser()
p.add_argument("files", nargs="+"); p.add_argument("--like"); p.add_argument("--repeat", type=int, default=1)
a = p.parse_args()
like = MapDataset.read(a.like or a.files[0])
geoms = {"geom": like.counts.geom, "geom_exposure": like.exposure.geom, "geom_psf": like.psf.psf_map.geom, "geom_edisp": like.edisp.edisp_map.geom}
stacked = MapDataset.from_geoms(**geoms, name="stacked")
reading, began = 0.0, time.perf_counter()
for i in range(a.repeat):
    for file in a.files:
        start = time.perf_counter()
        dataset = MapDataset.read(file, name=f"d{i}")
        reading += time.perf_counter() - start
        stacked.stack(dataset)
print(f"{int(stacked.counts.data.sum())} counts")
print(f"{reading:.2f}")
print(f"{time.perf_counter() - began:.2f}")
