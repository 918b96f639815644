import { byId, element } from './dom.js';
import { median, seconds } from './format.js';
import { Plot } from './plot.js';

const minutes = 30;
const kept = 500;

// How fast observations come in, and how long they take: from found to stacked, as seen in the live feed, and from a tile's commit to its
// map.
export class Ingestion {
  #found = new Map();
  #toStacked = [];

  see(entry) {
    const at = Date.parse(entry.changedAt);
    if (entry.state === 'received' || entry.state === 'planned') {
      if (!this.#found.has(entry.name)) this.#found.set(entry.name, at);
    } else if (entry.state === 'stacked' && this.#found.has(entry.name)) {
      this.#toStacked = [...this.#toStacked.slice(-kept), (at - this.#found.get(entry.name)) / 1000];
      this.#found.delete(entry.name);
    }
  }

  show(observations, tiles) {
    const stacked = observations.filter(one => one.state === 'stacked').map(one => Date.parse(one.changedAt));
    const now = Math.max(Date.now(), ...stacked.slice(-1000));
    const bins = Array(minutes).fill(0);
    for (const at of stacked) {
      const bin = minutes - 1 - Math.floor((now - at) / 60000);
      if (bin >= 0 && bin < minutes) bins[bin]++;
    }
    const toMap = tiles.flatMap(tile => tile.maps.filter(map => map.revision === tile.revision && tile.committedAt)
      .map(map => (Date.parse(map.computedAt) - Date.parse(tile.committedAt)) / 1000)).filter(value => value >= 0);
    const entries = [
      ['Stacked in the last minute', String(bins.at(-1))], [`In the last ${minutes} minutes`, String(bins.reduce((sum, one) => sum + one, 0))],
      ['Found to stacked, median since this page opened', seconds(median(this.#toStacked))],
      ['Tile changed to its map, median', seconds(median(toMap))],
    ];
    byId('ingestion').replaceChildren(element('dl', {}, ...entries.map(([term, text]) =>
      element('div', {}, element('dt', {}, term), element('dd', {}, text)))), plotOf(bins));
  }
}

function plotOf(bins) {
  const max = Math.max(5, ...bins);
  const plot = new Plot({ min: -minutes, max: 0, title: 'Minutes ago' }, { min: 0, max, title: 'Stacked a minute' },
    `Observations stacked in each of the last ${minutes} minutes; ${bins.at(-1)} in the last one`);
  bins.forEach((value, i) => {
    if (value) plot.bar(i - minutes, i - minutes + 1, value);
  });
  return plot.element;
}
