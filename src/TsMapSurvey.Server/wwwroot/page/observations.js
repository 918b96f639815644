import { byId, element, options, table } from './dom.js';
import { clock, count } from './format.js';

const states = ['received', 'planned', 'stacking', 'stacked', 'quarantined', 'changed', 'retracting', 'retracted'];
const shown = 500;

export class Observations {
  #entries = new Map();

  constructor() {
    options(byId('state'), [['', 'all'], ...states.map(state => [state, state])], '');
    byId('state').addEventListener('change', () => this.show());
  }

  replace(entries) {
    this.#entries = new Map(entries.map(entry => [entry.name, entry]));
    this.show();
  }

  put(entry) {
    this.#entries.set(entry.name, entry);
    this.show();
  }

  show() {
    const state = byId('state').value;
    const found = [...this.#entries.values()].filter(entry => !state || entry.state === state);
    const order = entry => entry.state === 'quarantined' ? 1 : entry.state === 'stacked' ? 2 : 0;
    found.sort((one, other) => order(one) - order(other) || (one.changedAt < other.changedAt ? 1 : one.changedAt > other.changedAt ? -1 : 0));
    const rows = found.slice(0, shown).map(entry => ({
      cells: [
        [entry.name, entry.reason ? element('span', { className: 'reason' }, entry.reason) : null],
        element('span', { className: `state ${entry.state}` }, entry.state), count(entry.tiles), clock(entry.changedAt),
      ],
    }));
    const text = found.length > shown ? `the first ${shown} of ${count(found.length)}; unfinished and quarantined ones first` : `${count(found.length)}; unfinished and quarantined ones first`;
    table(byId('observations'), text, [{ title: 'Name' }, { title: 'State' }, { title: 'Tiles', number: true }, { title: 'Since', number: true }], rows);
  }
}
