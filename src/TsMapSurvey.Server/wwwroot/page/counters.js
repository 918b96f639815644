import { byId, element } from './dom.js';
import { clock, count } from './format.js';

const MAX_NAMED = 5;

export function showCounters(status) {
  showMissing(status.missing ?? []);
  showWarnings([...status.fault ? [status.fault] : [], ...status.warnings ?? [], ...(status.skipped ?? []).map(one => `skipped: ${one}`)]);
  const working = status.received + status.planned + status.stacking;
  const counter = (value, text, kind = '') => element('div', { className: `counter ${kind}` }, element('b', {}, value), element('span', {}, text));
  const part = (share, kind) => {
    const made = element('i', { className: kind });
    made.style.width = `${status.observations ? 100 * share / status.observations : 0}%`;
    return made;
  };
  byId('counters').replaceChildren(
    counter(count(status.observations), 'observations found'),
    counter(count(status.stacked), 'stacked'),
    counter(count(working), 'in progress', working ? 'busy' : ''),
    counter(count(status.quarantined), 'quarantined', status.quarantined ? 'bad' : ''),
    counter(count(status.tiles), 'tiles with data'),
    counter(count(status.revision), 'revision'),
    counter(clock(status.committedAt), 'last change'),
    element('div', { className: 'progress', role: 'progressbar', 'aria-label': 'observations stacked', 'aria-valuemin': 0, 'aria-valuemax': status.observations, 'aria-valuenow': status.stacked },
      part(status.stacked, ''), part(status.quarantined, 'bad')));
}

function showWarnings(warnings) {
  byId('warnings').hidden = warnings.length === 0;
  byId('warnings').replaceChildren(...warnings.slice(0, MAX_NAMED).map(one => element('span', { className: 'line' }, one)));
}

function showMissing(missing) {
  const names = missing.slice(0, MAX_NAMED).map(one => one.tile).join(', ') + (missing.length > MAX_NAMED ? ', ...' : '');
  byId('missing').hidden = missing.length === 0;
  byId('missing').textContent = missing.length === 0 ? '' : `${missing.length === 1 ? 'A tile is' : `${missing.length} tiles are`} missing: ${names}. ${missing[0].reason}`;
}
