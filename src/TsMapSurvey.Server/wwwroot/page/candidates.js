import { byId, element, table } from './dom.js';
import { clock, fixed, withError } from './format.js';

export function showCandidates(candidates, go) {
  const rows = candidates.map((candidate, i) => ({
    properties: { className: 'go', onclick: () => go(candidate) },
    cells: [element('button', { type: 'button', ariaLabel: `candidate ${i + 1}: show its values` }, String(i + 1)), fixed(candidate.sqrtTs, 1), fixed(candidate.ra, 3), fixed(candidate.dec, 3), withError(candidate.flux, candidate.fluxErr), candidate.tile],
  }));
  const computed = candidates[0] ? `, computed at ${clock(candidates[0].computedAt)}` : '';
  const columns = [{ title: '#' }, { title: '√TS', number: true }, { title: 'RA (°)', number: true }, { title: 'Dec (°)', number: true }, { title: 'Flux (cm⁻² s⁻¹)', number: true }, { title: 'Tile' }];
  table(byId('candidates'), `${candidates.length} candidate${candidates.length === 1 ? '' : 's'}${computed}`, columns, rows);
}
