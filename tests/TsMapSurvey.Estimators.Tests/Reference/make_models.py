"""gammapy 2.1's values of every model of its registries that can be read from a file: models.json.

Run with gammapy 2.1:  python3 make_models.py DATASET.fits.gz > models.json
where the dataset is Samples.Observation(masked: false) of the tests. Energies in TeV; dnde in cm-2 s-1 TeV-1, flux in cm-2 s-1, eflux in TeV cm-2 s-1, of norm
models without cm-2 s-1; density in sr-1 at (lon, lat) in degrees of the model's frame; "sharp" is the integral over the pixels of the dataset's image
without PSF, "npred" the counts in each energy bin, six pixels of each edge left out, "pixels" those of the first bin at (x, y) of [[12, 12], [20, 15], [25, 18]].
"""
import json
import operator
import sys
import numpy as np
import astropy.units as u
from gammapy.datasets import MapDataset
from gammapy.maps import MapAxis, RegionNDMap, WcsGeom, WcsNDMap
from gammapy.modeling import Parameter
from gammapy.modeling.models import *

EDGES = np.geomspace(0.05, 60, 6) * u.TeV
PIXELS = [[12, 12], [20, 15], [25, 18]]
FLUX, ENERGY = "cm-2 s-1 TeV-1", "TeV"


def table():
    energy = MapAxis.from_energy_bounds("0.1 TeV", "100 TeV", nbin=6, name="energy_true")
    tilt = MapAxis.from_nodes([0.0, 0.5, 1.5], name="tilt", interp="lin")
    m = RegionNDMap.create(region=None, axes=[energy, tilt], unit=FLUX)
    m.data = (1e-12 * energy.center.value[None, :] ** -2 * np.exp(-energy.center.value[None, :] * (1 + tilt.center.value[:, None]) / 20))[:, :, None, None]
    model = TemplateNDSpectralModel(m, filename="table.fits")
    model.tilt.value = 0.8
    return model


def image(axes, frame="galactic"):
    geom = WcsGeom.create(skydir=(0.1, 0.0) if frame == "galactic" else (266.5, -28.9), frame=frame, binsz=0.08, npix=(30, 20), axes=axes, proj="CAR")
    x, y = np.meshgrid(np.arange(30), np.arange(20))
    blob = 2000 * np.exp(-((x - 11) ** 2 + (y - 8) ** 2) / 8) + 900 * np.exp(-((x - 18) ** 2 + (y - 11) ** 2) / 20)
    return geom, blob


def templates():
    energy = MapAxis.from_nodes([0.3, 1.0, 4.0, 30.0] * u.TeV, name="energy_true", interp="log")
    geom, blob = image([energy])
    flux = WcsNDMap(geom, 1e-12 * blob * energy.center.value[:, None, None] ** -2.3, unit="cm-2 s-1 TeV-1 sr-1")
    width = MapAxis.from_nodes([1.0, 2.0, 4.0], name="width", interp="lin")
    geom, blob = image([width], "icrs")  # gammapy reads one of another frame at wrong places
    shapes = WcsNDMap(geom, blob ** (1 / width.center.value[:, None, None]), unit="sr-1")
    geom, blob = image([])
    yield "template", TemplateSpatialModel(WcsNDMap(geom, blob, unit="sr-1"), filename="template.fits"), None
    yield "template-raw", TemplateSpatialModel(WcsNDMap(geom, blob, unit="deg-2"), filename="raw.fits", normalize=False), None
    yield "template-energy", TemplateSpatialModel(flux, filename="energy.fits", normalize=False), PowerLawNormSpectralModel(norm=1.3, tilt=0.1)
    yield "template-energy-norm", TemplateSpatialModel(flux, filename="energy.fits", normalize=True), None
    nd = TemplateNDSpatialModel(shapes, filename="nd.fits")
    nd.width.value = 1.7
    yield "template-nd", nd, None


pl = PowerLawSpectralModel(index=2.1, amplitude="3e-12 cm-2 s-1 TeV-1", reference="2 TeV")
lp = LogParabolaSpectralModel(amplitude="1e-12 cm-2 s-1 TeV-1", reference="3 TeV", alpha=2.2, beta=0.3)
ebl = EBLAbsorptionNormSpectralModel(
    energy=[0.03, 0.1, 0.5, 2, 10, 30] * u.TeV, param=[0.01, 0.1, 0.5, 1.0], redshift=0.3, alpha_norm=1.2,
    data=[[1, 0.999, 0.98, 0.95, 0.9, 0.5], [0.99, 0.97, 0.8, 0.5, 0.2, 1e-4], [0.97, 0.8, 0.2, 0.02, 1e-5, 0], [0.9, 0.5, 0.03, 1e-5, 0, 0]])
SPECTRA = [
    ("const", ConstantSpectralModel(const="5e-13 cm-2 s-1 TeV-1")),
    ("pl", pl),
    ("pl-1", PowerLawSpectralModel(index=1, amplitude="3e-9 cm-2 s-1 GeV-1", reference="200 GeV")),
    ("pl-2", PowerLaw2SpectralModel(amplitude="4e-11 cm-2 s-1", index=2.6, emin="300 GeV", emax="30 TeV")),
    ("bpl", BrokenPowerLawSpectralModel(index1=1.7, index2=2.9, amplitude="2e-12 cm-2 s-1 TeV-1", ebreak="2.5 TeV")),
    ("sbpl", SmoothBrokenPowerLawSpectralModel(index1=1.7, index2=2.9, amplitude="2e-12 cm-2 s-1 TeV-1", ebreak="2.5 TeV", reference="0.8 TeV", beta=0.4)),
    ("sbpl-up", SmoothBrokenPowerLawSpectralModel(index1=2.9, index2=1.7, amplitude="2e-12 cm-2 s-1 TeV-1", ebreak="2.5 TeV", reference="0.8 TeV", beta=0.4)),
    ("ecpl", ExpCutoffPowerLawSpectralModel(index=1.8, amplitude="2e-12 cm-2 s-1 TeV-1", reference="0.7 TeV", lambda_="0.2 TeV-1", alpha=0.8)),
    ("ecpl-3fgl", ExpCutoffPowerLaw3FGLSpectralModel(index=1.6, amplitude="2e-9 cm-2 s-1 GeV-1", reference="3 GeV", ecut="8 TeV")),
    ("secpl-3fgl", SuperExpCutoffPowerLaw3FGLSpectralModel(amplitude="2e-12 cm-2 s-1 TeV-1", reference="0.5 TeV", ecut="4 TeV", index_1=1.4, index_2=0.7)),
    ("secpl-4fgl", SuperExpCutoffPowerLaw4FGLSpectralModel(amplitude="2e-12 cm-2 s-1 TeV-1", reference="0.5 TeV", expfactor=3e-5, index_1=1.4, index_2=0.7)),
    ("secpl-4fgl-dr3", SuperExpCutoffPowerLaw4FGLDR3SpectralModel(amplitude="2e-12 cm-2 s-1 TeV-1", reference="0.5 TeV", expfactor=0.4, index_1=1.9, index_2=0.6)),
    ("secpl-4fgl-dr3-flat", SuperExpCutoffPowerLaw4FGLDR3SpectralModel(amplitude="2e-12 cm-2 s-1 TeV-1", reference="0.5 TeV", expfactor=0.4, index_1=1.9, index_2=1e-3)),
    ("lp", lp),
    ("lp2", LogParabola2SpectralModel(amplitude="2e-12 cm-2 s-1 TeV-1", reference="3 TeV", alpha=2.2, beta=0.2, escale="0.4 TeV")),
    ("template", TemplateSpectralModel(energy=[400, 1000, 3000, 8000] * u.GeV, values=[5e-15, 2e-15, 1e-16, 4e-18] * u.Unit("cm-2 s-1 GeV-1"))),
    ("templateND", table()),
    ("gauss", GaussianSpectralModel(amplitude="3e-12 cm-2 s-1", mean="2 TeV", sigma="600 GeV")),
    ("compound-add", pl + lp),
    ("compound-sub", pl - PowerLawSpectralModel(index=2.1, amplitude="1e-12 cm-2 s-1 TeV-1", reference="2 TeV")),
    ("compound-norm", lp * PowerLawNormSpectralModel(norm=1.4, tilt=0.2, reference="500 GeV")),
    ("compound-ebl", pl * ebl),
    ("compound-factor", CompoundSpectralModel(pl, ConstantSpectralModel(const=Parameter("const", 2.5, unit="")), operator.mul)),
    ("compound-ratio", CompoundSpectralModel(pl, ConstantSpectralModel(const=Parameter("const", 4, unit="")), operator.truediv)),
    ("compound-nested", (pl + lp) * ExpCutoffPowerLawNormSpectralModel(norm=0.7, lambda_="50 PeV-1")),
    ("pl-norm", PowerLawNormSpectralModel(norm=1.3, tilt=0.4, reference="3 TeV")),
    ("lp-norm", LogParabolaNormSpectralModel(norm=0.7, reference="3 TeV", alpha=0.2, beta=0.1)),
    ("ecpl-norm", ExpCutoffPowerLawNormSpectralModel(norm=0.7, reference="3 TeV", index=0.2, lambda_="0.01 TeV-1", alpha=1.3)),
    ("piecewise-norm", PiecewiseNormSpectralModel(energy=[0.1, 1, 20] * u.TeV, norms=[0.5, 1.5, 0.8])),
    ("piecewise-norm-lin", PiecewiseNormSpectralModel(energy=[0.1, 1, 20] * u.TeV, norms=[0.5, 1.5, 0.8], interp="lin")),
    ("ebl-norm", ebl),
    ("template-norm", TemplateSpectralModel(energy=[0.4, 1, 3] * u.TeV, values=[0.5, 1.2, 0.9] * u.Unit(""))),
    ("compound-of-norms", PowerLawNormSpectralModel(norm=1.3, tilt=0.4) * LogParabolaNormSpectralModel(norm=0.7, beta=0.1)),
]
PLACE = dict(lon_0="0.73 deg", lat_0="-0.41 deg", frame="galactic")
CELESTIAL = dict(lon_0="267.1 deg", lat_0="-28.4 deg", frame="icrs")
SHAPES = [
    ("const", ConstantSpatialModel(value="0.3 sr-1")),
    ("point", PointSpatialModel(**PLACE)),
    ("gauss", GaussianSpatialModel(sigma="0.13 deg", **PLACE)),
    ("gauss-long", GaussianSpatialModel(sigma="12 arcmin", e=0.9, phi="30 deg", **CELESTIAL)),
    ("gauss-wide", GaussianSpatialModel(sigma="20 deg", **PLACE)),
    ("gauss-general", GeneralizedGaussianSpatialModel(r_0="0.12 deg", eta=0.3, **PLACE)),
    ("gauss-general-long", GeneralizedGaussianSpatialModel(r_0="0.1 deg", eta=0.8, e=0.7, phi="100 deg", **CELESTIAL)),
    ("disk", DiskSpatialModel(r_0="0.24 deg", **PLACE)),
    ("disk-long", DiskSpatialModel(r_0="0.36 deg", e=0.8, phi="-40 deg", edge_width=0.1, **CELESTIAL)),
    ("shell", ShellSpatialModel(radius="0.17 deg", width="0.07 deg", **PLACE)),
    ("shell-filled", ShellSpatialModel(radius="0.08 deg", width="0.17 deg", **CELESTIAL)),
    ("shell2", Shell2SpatialModel(r_0="0.24 deg", eta=0.3, **PLACE)),
    ("shell2-filled", Shell2SpatialModel(r_0="0.24 deg", eta=1, **PLACE)),
]


def numbers(values):
    return [float(f"{v:.12g}") for v in np.atleast_1d(np.asarray(values, dtype=float)).ravel()]


def component(spectral, spatial, name):
    if spatial is None and spectral(1 * u.TeV).unit == u.Unit(""):
        return {"type": "FoVBackgroundModel", "datasets_names": [name], **spectral.to_dict()}
    out = SkyModel(spectral_model=spectral, spatial_model=spatial, name=name).to_dict()
    if isinstance(spatial, ConstantSpatialModel):  # gammapy reads its value, but does not write it
        out["spatial"]["parameters"] = [{"name": "value", "value": spatial.value.value, "unit": str(spatial.value.unit)}]
    return out


def spectrum(name, model):
    unit = model(1 * u.TeV).unit
    flux = "cm-2 s-1" if unit != u.Unit("") else ""
    grid = np.geomspace(0.05, 60, 9) * u.TeV
    pairs = list(zip(EDGES[:-1], EDGES[1:]))

    def get(values, target):
        return numbers([np.squeeze(v.to_value(target)) for v in values])

    out = {"name": name, "yaml": component(model, None, name), "energies": numbers(grid.value), "edges": numbers(EDGES.value)}
    out["dnde"] = get([model(e) for e in grid], u.Unit(flux) / u.TeV if flux else "")
    out["flux"] = get([model.integral(a, b) for a, b in pairs], u.Unit(flux) if flux else "TeV")
    out["eflux"] = get([model.energy_flux(a, b) for a, b in pairs], u.Unit(flux) * u.TeV if flux else "TeV2")
    return out


def shape(name, spatial, spectral, dataset):
    spectral = spectral or pl
    out = {"name": name, "yaml": component(spectral, spatial, name), "energy": 2.5}
    energy = 2.5 * u.TeV if spatial.is_energy_dependent else None
    if name != "point":
        lon, lat = (0.73, -0.41) if name == "const" else (266.5, -28.9) if name == "template-nd" else (spatial.position.data.lon.wrap_at("180d").deg, spatial.position.data.lat.deg)
        radius = 0.3 if spatial.evaluation_radius is None else spatial.evaluation_radius.to_value("deg")
        places = [(lon, lat)]
        for f in [0.13, 0.31, 0.55, 0.7, 0.88, 0.9, 0.92, 0.999, 1.001, 1.3]:
            for p in [0.0, 0.5, 1.2, 2.4, 4.0]:
                places.append((lon + f * radius * np.sin(p) / np.cos(np.radians(lat)), max(-89.9, min(89.9, lat + f * radius * np.cos(p)))))
        places = [(float(f"{a:.9g}"), float(f"{b:.9g}")) for a, b in places]
        q = u.Quantity(places, "deg")
        unit = "cm-2 s-1 TeV-1 sr-1" if "energy" in name and "norm" not in name else "sr-1"
        values = [spatial(a[None], b[None]) if energy is None else spatial(a[None], b[None], energy[None]) for a, b in q]
        out["places"] = places
        out["density"] = numbers([u.Quantity(v).to_value(unit).squeeze() for v in values])
    if not spatial.is_energy_dependent:
        out["sharp"] = numbers(spatial.integrate_geom(dataset.counts.geom.to_image()).quantity.to_value("").sum())
    dataset.models = [SkyModel(spectral_model=spectral, spatial_model=spatial, name=name)]
    npred = dataset.npred_signal().data
    out["npred"] = numbers(npred[:, 6:-6, 6:-6].sum(axis=(1, 2)))
    out["pixels"] = numbers([npred[0, y, x] for x, y in PIXELS])
    return out


dataset = MapDataset.read(sys.argv[1], name="d")
result = {
    "spectra": [spectrum(*pair) for pair in SPECTRA],
    "shapes": [shape(name, model, None, dataset) for name, model in SHAPES] + [shape(*three, dataset) for three in templates()],
}
# One model a line, which YAML reads as it is.
print('{"spectra": [\n' + ",\n".join(json.dumps(one) for one in result["spectra"]) + '\n], "shapes": [\n' + ",\n".join(json.dumps(one) for one in result["shapes"]) + "\n]}")
