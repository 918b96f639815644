"""Writes default-kernel.json: gammapy's TSMapEstimator without kernel_width, rtol 1e-6, on the datasets of DefaultKernelTests.cs.

usage: python3 make_default_kernel.py FOLDER > default-kernel.json, with gammapy 2.1; FOLDER holds the datasets as CASE-0.fits.gz, CASE-1.fits.gz (MapDatasetFile.Write, doubles).
"""
import glob, json, sys
import astropy.units as u
import numpy as np
from gammapy.datasets import Datasets, MapDataset
from gammapy.estimators import TSMapEstimator
from gammapy.modeling.models import GaussianSpatialModel, PointSpatialModel, PowerLawSpectralModel, SkyModel

table = {}
for case in ["point", "wide", "odd", "masked-high", "masked", "joint"]:
    files = sorted(glob.glob(f"{sys.argv[1]}/{case}-[0-9].fits.gz"))
    datasets = Datasets([MapDataset.read(file, name=f"{case}{i}") for i, file in enumerate(files)])
    spatial = GaussianSpatialModel(sigma=0.5 * u.deg) if case in ("wide", "odd") else PointSpatialModel()
    spectral = PowerLawSpectralModel(index=2.2, amplitude="1e-13 cm-2 s-1 TeV-1", reference="1 TeV")
    edges = [1, 4.6415888336, 10] * u.TeV if case in ("masked-high", "joint") else None
    estimator = TSMapEstimator(SkyModel(spatial_model=spatial, spectral_model=spectral), rtol=1e-6, energy_edges=edges, n_jobs=1)
    maps = estimator.run(datasets)
    kernels = []
    for energy_min, energy_max in maps.geom.axes["energy"].iter_by_edges:
        for dataset in datasets.slice_by_energy(energy_min, energy_max):
            kernels.append(estimator.estimate_kernel(dataset.pad(30)).data.shape[-1])
    table[case] = {"kernel_pixels": max(kernels), "maps": {}}
    for name in ["norm", "norm_err", "ts", "npred", "stat", "stat_null"]:
        values = getattr(maps, name).data[:, ::4, ::4].ravel()
        table[case]["maps"][name] = [float(f"{value:.9g}") if np.isfinite(value) else None for value in values]
print(json.dumps(table))
