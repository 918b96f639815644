"""Opens simulated event files (DL3) with gammapy and compares its makers' maps with those of tsmap reduce.

usage: tar c EVENTS MAPS | gammapy-python -c "$(cat tests/peer/events.py)" EVENTS MAPS OFFSET_MAX
EVENTS is the folder of tsmap simulate --events, MAPS that of tsmap reduce, OFFSET_MAX in degrees. Exits 1 where they differ, and stops at the
first warning of gammapy or astropy that a file is damaged or breaks a standard.
"""
import sys, tarfile, tempfile, warnings
import numpy as np
from astropy.io import fits
from astropy.io.fits.verify import VerifyWarning
from astropy.units import UnitsWarning
from gammapy.data import DataStore, Observation
from gammapy.datasets import MapDataset
from gammapy.makers import MapDatasetMaker, SafeMaskMaker

warnings.simplefilter("error", VerifyWarning)
warnings.simplefilter("error", UnitsWarning)
folder = tempfile.mkdtemp()
tarfile.open(fileobj=sys.stdin.buffer, mode="r|").extractall(folder, filter="data")
events, maps, offset_max = f"{folder}/{sys.argv[1]}", f"{folder}/{sys.argv[2]}", sys.argv[3]
store = DataStore.from_dir(events)
store.info()
makers = [MapDatasetMaker(), SafeMaskMaker(methods=["offset-max", "aeff-default"], offset_max=f"{offset_max} deg")]
failed = False


def compare(what, ours, theirs, tolerance):
    global failed
    worst = np.abs(ours - theirs).max() / max(np.abs(theirs).max(), 1e-300)
    failed |= not worst <= tolerance
    print(f"  {what:12} largest difference {worst:.1e} of the maximum, allowed {tolerance:.0e}{'' if worst <= tolerance else '   FAILED'}")


for number in store.obs_table["OBS_ID"]:
    file = f"{events}/sim-{number:04d}.fits.gz"
    with fits.open(file, checksum=True) as hdus:
        hdus.verify("exception")
    alone, observation = Observation.read(file), store.obs(number)
    assert len(alone.events.table) == len(observation.events.table), "the index leads to another event list than the file has"
    ours = MapDataset.read(f"{maps}/obs_{number}.fits.gz")
    theirs = MapDataset.from_geoms(**ours.geoms, name=f"theirs-{number}")
    for maker in makers:
        theirs = maker.run(theirs, observation)
    print(f"observation {number}: {len(observation.events.table)} events, {int(theirs.counts.data[theirs.mask_safe.data].sum())} safe")
    safe = theirs.mask_safe.data
    compare("counts", ours.counts.data * safe, theirs.counts.data * safe, 0)
    compare("background", ours.background.data * safe, theirs.background.data * safe, 1e-5)
    compare("exposure", ours.exposure.data, theirs.exposure.data, 1e-6)
    compare("psf", ours.psf.psf_map.quantity.to_value("sr-1"), theirs.psf.psf_map.quantity.to_value("sr-1"), 1e-4)
    compare("edisp", ours.edisp.edisp_map.data, theirs.edisp.edisp_map.data, 1e-4)
    compare("safe mask", ours.mask_safe.data.astype(float), safe.astype(float), 0)
sys.exit(failed)
