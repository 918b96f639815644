import { byId, element } from './dom.js';

// The lines that get what is on screen, with other programs.
export function recipesOf({ origin, link, api, layer, at, tile, minSqrtTs }) {
  const url = (path, parameters) => `${origin}${api(path, parameters)}`;
  const [survey, quantity] = [layer.survey, layer.quantity.name];
  const image = url(`/mosaic/${quantity}.fits`, layer.parameters);
  const list = { ...layer.pointParameters, energy: undefined, min_sqrt_ts: minSqrtTs };
  const recipes = [
    ['Link to this view', link],
    ['curl', [
      `curl -fo ${quantity}.fits "${image}"`, `curl -fo candidates.ecsv "${url('/candidates.ecsv', list)}"`,
      ...at ? [`curl -f "${url(`/point/${at}`, layer.pointParameters)}"`] : [],
    ].join('\n')],
    ['Python: astropy', [
      'from astropy.io import fits', 'from astropy.table import Table', '', `image = fits.open("${image}", cache=False)`, 'image.info()',
      `candidates = Table.read("${url('/candidates.vot', list)}", format="votable")`, 'print(candidates["ra", "dec", "sqrt_ts", "flux"])',
    ].join('\n')],
    ['Python: pyvo', [
      'import pyvo', 'from astropy import units as u', 'from astropy.coordinates import SkyCoord', '',
      `service = pyvo.dal.SCSService("${origin}/scs/${survey}")`,
      `position = SkyCoord(${(at ?? '0,0').replace(',', ', ')}, unit="deg")`,
      'print(service.search(pos=position, radius=1 * u.deg).to_table())',
    ].join('\n')],
  ];
  if (tile) {
    const [dataset, maps] = [url(`/tiles/${tile}/dataset.fits.gz`), url(`/tiles/${tile}/maps/${layer.map.name}.fits`, slice(layer))];
    recipes.push(['gammapy', [
      'from urllib.request import urlretrieve', 'from gammapy.datasets import MapDataset', 'from gammapy.estimators import FluxMaps', '',
      `urlretrieve("${dataset}", "${tile}.fits.gz")`, `dataset = MapDataset.read("${tile}.fits.gz")`, 'print(dataset)',
      `urlretrieve("${maps}", "${tile}-${layer.map.name}.fits")`, `maps = FluxMaps.read("${tile}-${layer.map.name}.fits")`, 'print(maps.available_quantities)',
    ].join('\n')]);
  }
  return recipes;
}

export function showRecipes(recipes) {
  byId('recipe-list').replaceChildren(...recipes.map(([title, text]) => element('section', {},
    element('h3', {}, title, copyButton(title, text)), element('pre', { tabIndex: 0, ariaLabel: title, role: 'region' }, text))));
  byId('recipes').showModal();
}

function copyButton(title, text) {
  const made = element('button', { type: 'button', className: 'plain', ariaLabel: `Copy: ${title}` }, 'Copy');
  made.onclick = async () => {
    try {
      await navigator.clipboard.writeText(text);
      made.textContent = 'Copied';
    } catch {
      made.textContent = 'Select the text to copy it';
    }
  };
  return made;
}

function slice(layer) {
  return layer.slice === 'all' ? {} : { slice: layer.slice };
}
