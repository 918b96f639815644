import { byId, element, table } from './dom.js';
import { clock, fixed, withError } from './format.js';
import { frames, toGalactic } from './frames.js';

const values = {
  number: one => one.number, sqrtTs: one => -one.sqrtTs, lon: one => one.place[0], lat: one => one.place[1], error: one => one.posErr ?? 999,
  flux: one => -one.flux, tile: one => one.tile,
};

// The source candidates, sortable; they keep their numbers, which are by significance.
export function showCandidates(candidates, screen, frame, go) {
  const [key, direction] = (screen.get('order') || 'number').split(':');
  const isDown = direction === 'down';
  const value = values[key] ?? values.number;
  const rows = candidates
    .map((one, i) => ({ ...one, number: i + 1, place: frame === 'galactic' ? toGalactic(one.ra, one.dec) : [one.ra, one.dec] }))
    .sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) * (isDown ? -1 : 1))
    .map(one => ({ properties: { className: 'go', onclick: () => go(one) }, cells: cells(one) }));
  const choose = chosen => {
    screen.set({ order: chosen === key && !isDown ? `${chosen}:down` : chosen === 'number' ? '' : chosen });
    showCandidates(candidates, screen, frame, go);
  };
  const axes = frame === 'galactic' ? ['l', 'b'] : ['RA', 'Dec'];
  const columns = [
    { title: '#', key: 'number' }, { title: '√TS', key: 'sqrtTs', number: true }, { title: `${axes[0]} (°)`, key: 'lon', number: true },
    { title: `${axes[1]} (°)`, key: 'lat', number: true }, { title: '± (°)', key: 'error', number: true },
    { title: 'Flux (cm⁻² s⁻¹)', key: 'flux', number: true }, { title: 'Tile', key: 'tile' },
  ];
  const computed = candidates[0] ? `, computed ${clock(candidates[0].computedAt)}` : '';
  const caption = `${candidates.length} candidate${candidates.length === 1 ? '' : 's'}${computed}; ${frames[frame]}`;
  table(byId('candidates'), caption, columns, rows, { key, isDown, choose });
}

function cells(one) {
  const button = element('button', { type: 'button', ariaLabel: `candidate ${one.number}: show its values` }, String(one.number));
  button.dataset.focus = `candidate-${one.number}`;
  return [
    button, fixed(one.sqrtTs, 1), fixed(one.place[0], 3), fixed(one.place[1], 3), fixed(one.posErr, 3), withError(one.flux, one.fluxErr), one.tile,
  ];
}
