import { byId, element, options, table } from './dom.js';
import { clock, count } from './format.js';
import { post } from './api.js';

const states = ['received', 'planned', 'stacking', 'stacked', 'quarantined', 'changed', 'retracting', 'retracted'];
const shown = 500;
const longest = 90;

// Observations with their states and reasons, and what can be done with them.
export class Observations {
  #entries = new Map();
  #screen;
  #api;
  #asked = null;
  #answers = new Map();
  #shown = '';

  constructor(screen, api) {
    [this.#screen, this.#api] = [screen, api];
    options(byId('state'), [['', 'all'], ...states.map(state => [state, state])], screen.get('state'));
    byId('state').onchange = () => {
      screen.set({ state: byId('state').value });
      this.show();
    };
  }

  get all() {
    return [...this.#entries.values()];
  }

  replace(entries) {
    this.#entries = new Map(entries.map(entry => [entry.name, entry]));
    this.show();
  }

  put(entry) {
    this.#entries.set(entry.name, entry);
    this.#answers.delete(entry.name);
    this.show();
  }

  show() {
    const state = this.#screen.get('state');
    const found = this.all.filter(entry => !state || entry.state === state);
    const order = entry => entry.state === 'quarantined' ? 1 : entry.state === 'stacked' ? 2 : 0;
    const newer = (one, other) => one.changedAt < other.changedAt ? 1 : one.changedAt > other.changedAt ? -1 : 0;
    found.sort((one, other) => order(one) - order(other) || newer(one, other));
    // What is as before is not drawn again: a click would be lost while its button is replaced.
    const content = JSON.stringify([found.slice(0, shown), found.length, this.#asked, [...this.#answers]]);
    if (content === this.#shown) return;
    this.#shown = content;
    const rows = found.slice(0, shown).map(entry => ({
      cells: [
        [entry.name, this.#answers.has(entry.name) ? element('span', { className: 'reason' }, this.#answers.get(entry.name)) : null, reason(entry)],
        element('span', { className: `state ${entry.state}` }, entry.state), count(entry.tiles), clock(entry.changedAt), this.#actions(entry),
      ],
    }));
    const first = found.length > shown ? `the first ${shown} of ` : '';
    const columns = [{ title: 'Name' }, { title: 'State' }, { title: 'Tiles', number: true }, { title: 'Since', number: true }, { title: 'Change' }];
    table(byId('observations'), `${first}${count(found.length)}; unfinished and quarantined ones first`, columns, rows);
  }

  #actions(entry) {
    if (entry.state === 'stacked' || entry.state === 'quarantined') {
      const isAsked = this.#asked === entry.name;
      const retract = this.#button(entry, isAsked ? 'Really retract' : 'Retract', () => {
        this.#asked = isAsked ? null : entry.name;
        if (isAsked) this.#change(entry, 'retract');
        else this.show();
      });
      return entry.state === 'stacked' ? retract : [this.#button(entry, 'Retry', () => this.#change(entry, 'retry')), ' ', retract];
    }
    return entry.state === 'retracted' ? this.#button(entry, 'Retry', () => this.#change(entry, 'retry')) : null;
  }

  #button(entry, text, onclick) {
    const made = element('button', { type: 'button', className: 'plain', ariaLabel: `${text} ${entry.name}`, onclick }, text);
    made.dataset.focus = `${text.split(' ').pop().toLowerCase()}-${entry.name}`;
    return made;
  }

  async #change(entry, action) {
    const name = entry.name.split('/').map(encodeURIComponent).join('/');
    const problem = await post(this.#api(`/observations/${name}/${action}`));
    if (problem) this.#answers.set(entry.name, problem);
    else this.#answers.delete(entry.name);
    this.show();
  }
}

// The first words of a reason; all of it on demand.
function reason(entry) {
  if (!entry.reason) return null;
  if (entry.reason.length <= longest) return element('span', { className: 'reason' }, entry.reason);
  const cut = entry.reason.lastIndexOf(' ', longest);
  const short = `${entry.reason.slice(0, cut > longest / 2 ? cut : longest)} …`;
  return element('details', { className: 'reason' }, element('summary', {}, short), entry.reason);
}
