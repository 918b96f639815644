import { byId, options } from './dom.js';
import { sliceText } from './layers.js';

const colormaps = ['viridis', 'inferno', 'magma', 'plasma', 'gray', 'coolwarm', 'rdbu', 'rdbu_r', 'significance'];
const stretches = ['linear', 'sqrt', 'log', 'asinh'];

// The choices above and below the map, from what is on screen.
export function showControls(info, screen, layer, viewer) {
  options(byId('map-name'), info.maps.map(one => [one.name, `${one.name} (${one.spatial})`]), layer.map.name);
  options(byId('quantity'), layer.map.quantities.map(one => [one.name, one.text]), layer.quantity.name);
  options(byId('energy'), layer.bands.map((band, i) => [String(i), band.text]), String(layer.energy));
  byId('energy-field').hidden = layer.bands.length < 2 || layer.quantity.ofStack;
  options(byId('slice'), info.slices.map(one => [one, sliceText(one)]), layer.slice);
  byId('slice-field').hidden = info.slices.length < 2;
  options(byId('colormap'), [['', 'its own'], ...colormaps.map(name => [name, name])], screen.get('colormap'));
  options(byId('stretch'), [['', 'its own'], ...stretches.map(name => [name, name])], screen.get('stretch'));
  [byId('min').value, byId('max').value] = [screen.get('min'), screen.get('max')];
  byId('min-sqrt-ts').value = screen.get('sources');
  for (const name of ['candidates', 'coverage', 'tiles']) byId(`show-${name}`).checked = screen.shows(name);
  byId('show-whole').hidden = viewer?.isSky ?? true;
  byId('tiles-field').hidden = byId('show-whole').hidden || !info.width;
  byId('coverage-field').hidden = !(viewer?.isSky ?? true);
  showFrame(screen.get('frame') || info.frame);
}

export function showFrame(frame) {
  byId('coordinates').value = frame;
  byId('where-label').textContent = frame === 'galactic' ? 'l, b' : 'RA, Dec';
  byId('where').placeholder = frame === 'galactic' ? '359.94 −0.05' : '266.42 −29.01 or 17:45:40 −29:00:28';
}

// Reports each choice as the changes of the screen that it means.
export function listenToControls(changed) {
  const choose = (id, name, other = {}) => {
    byId(id).onchange = () => changed({ [name]: byId(id).value, ...other });
  };
  const newRange = { min: '', max: '' };
  choose('map-name', 'map', { energy: '0', ...newRange });
  choose('quantity', 'quantity', { colormap: '', stretch: '', ...newRange });
  choose('energy', 'energy', newRange);
  choose('slice', 'slice');
  for (const id of ['colormap', 'stretch']) choose(id, id);
  for (const id of ['min', 'max']) byId(id).onchange = () => changed({ [id]: byId(id).validity.valid ? byId(id).value : '' });
  byId('min-sqrt-ts').onchange = () => {
    if (byId('min-sqrt-ts').validity.valid) changed({ sources: byId('min-sqrt-ts').value || '5' });
  };
  byId('colours').onreset = event => {
    event.preventDefault();
    changed({ colormap: '', stretch: '', ...newRange });
  };
  byId('colours').onsubmit = event => event.preventDefault();
}

// The range of the colours: as chosen, otherwise the server's for this picture.
export function scaleOf(screen, picture) {
  const end = name => screen.get(name) === '' || !Number.isFinite(Number(screen.get(name))) ? picture[name] : Number(screen.get(name));
  let [min, max] = [end('min'), end('max')];
  if (!(min < max)) [min, max] = [picture.min, picture.max];
  const known = (name, names) => names.includes(screen.get(name)) ? screen.get(name) : '';
  return { min, max, colormap: known('colormap', colormaps), stretch: known('stretch', stretches) };
}
