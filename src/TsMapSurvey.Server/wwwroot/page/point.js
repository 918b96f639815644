import { byId, element } from './dom.js';
import { fixed, missing, nights, number, withError } from './format.js';

export function showPoint(point, problem) {
  if (!point) {
    byId('point').replaceChildren(element('p', { className: 'note' }, problem ?? 'no map yet'));
    return;
  }
  const galactic = point.frame === 'galactic';
  const entries = [
    ['RA, Dec (ICRS)', `${fixed(point.ra, 4)}, ${fixed(point.dec, 4)}`],
    [galactic ? 'Galactic l, b' : `Lon, lat (${point.frame})`, `${fixed(point.lon, 4)}, ${fixed(point.lat, 4)}`],
    ['√TS', fixed(point.sqrtTs, 2)],
    ['TS', number(point.ts)],
    ['Flux (cm⁻² s⁻¹)', withError(point.flux, point.fluxErr)],
    ['Upper limit (cm⁻² s⁻¹)', number(point.fluxUl)],
    ['Norm', withError(point.norm, point.normErr)],
    ['Counts in the pixel', number(point.counts)],
    ['Background', number(point.background)],
    ['Exposure weighted with the map\'s spectrum (m² s)', number(point.exposure)],
    ['Tile, revision', `${point.tile}, ${point.revision}${point.stale ? ' (stale)' : ''}`],
    ...point.windowStart ? [['Time', `${point.slice}${nights(point)}`]] : [],
    ['Fit', point.status.length ? point.status.join(', ') : point.reason ?? point.state ?? missing],
  ];
  byId('point').replaceChildren(element('dl', {}, ...entries.map(([term, text]) => element('div', {}, element('dt', {}, term), element('dd', {}, text)))));
}
