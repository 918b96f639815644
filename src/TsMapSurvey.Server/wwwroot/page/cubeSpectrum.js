import { Cube } from './cube.js';
import { byId, element } from './dom.js';
import { number } from './format.js';
import { positionText } from './frames.js';
import { Plot } from './plot.js';

// What the survey's cubes have at a position, by energy: counts with the expected background, and sqrt_ts. It follows the mouse, the centre of
// a map that is moved by keys, and the chosen position.
export class CubeSpectrum {
  #survey;
  #maps;
  #cubes = new Map();
  #wanted = null;
  #shown = null;
  #isRunning = false;

  constructor(info) {
    [this.#survey, this.#maps] = [info.name, info.maps.filter(map => map.cubes?.length)];
    byId('cube-field').hidden = !this.exists;
    byId('cube-plots').replaceChildren();
    byId('cube-note').textContent = 'Move over the sky, or choose a position.';
  }

  // Whether the survey has cubes at all.
  get exists() {
    return this.#maps.length > 0;
  }

  // Of many positions in short time some are left out, never the last one.
  async show(ra, dec, map) {
    if (!this.exists || !Number.isFinite(ra) || !Number.isFinite(dec)) return;
    this.#wanted = { ra, dec, map };
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#wanted) {
        const place = this.#wanted;
        this.#wanted = null;
        await this.#draw(place);
      }
    } catch (fault) {
      byId('cube-note').textContent = `no spectrum: ${fault.message}`;
    } finally {
      this.#isRunning = false;
    }
  }

  // After a change of the survey.
  renew() {
    this.#cubes.clear();
    if (this.#shown) this.show(this.#shown.ra, this.#shown.dec, this.#shown.map);
  }

  async #draw(place) {
    const { ra, dec } = place;
    const own = this.#maps.find(map => map.name === place.map) ?? this.#maps[0];
    const fitted = [own, ...this.#maps].find(map => map.cubes.includes('sqrt_ts'));
    const [counts, excess, sqrtTs] = await Promise.all(
      [this.#read(own, 'counts', place), this.#read(own, 'excess', place), fitted ? this.#read(fitted, 'sqrt_ts', place) : null]);
    this.#shown = place;
    const where = positionText(ra, dec, 'icrs', 3);
    byId('cube-field').dataset.at = `${ra},${dec}`;
    if (!counts?.values) {
      byId('cube-note').textContent = `${where} ICRS: no data`;
      byId('cube-plots').replaceChildren();
      return;
    }
    const background = counts.values.map((value, i) => value - (excess?.values?.[i] ?? NaN));
    const sum = values => values.filter(Number.isFinite).reduce((a, b) => a + b, 0);
    byId('cube-note').textContent = `${where} ICRS, in the pixel: ${number(sum(counts.values))} counts, ${number(sum(background))} expected`;
    const plots = [figure('Counts, and the background as a line', countsPlot(counts.edges, counts.values, background))];
    if (sqrtTs?.values) plots.push(figure(`√TS of map ${fitted.name}`, sqrtTsPlot(sqrtTs.edges, sqrtTs.values)));
    byId('cube-plots').replaceChildren(...plots);
  }

  async #read(map, quantity, { ra, dec }) {
    const root = `/hips/${encodeURIComponent(this.#survey)}/${map.name}-${quantity}-cube`;
    if (!this.#cubes.has(root)) this.#cubes.set(root, Cube.open(root));
    const cube = await this.#cubes.get(root);
    if (!cube) this.#cubes.delete(root);
    return cube && { edges: cube.edgesTeV, values: await cube.at(ra, dec) };
  }
}

function countsPlot(edges, counts, background) {
  const top = Math.max(1, ...[...counts, ...background].filter(Number.isFinite)) * 1.1;
  const plot = new Plot(energies(edges), { min: 0, max: top, title: 'Counts' }, label('Counts', edges, counts));
  counts.forEach((value, i) => value > 0 && plot.bar(edges[i], edges[i + 1], value));
  plot.line(background.flatMap((value, i) => [[edges[i], value], [edges[i + 1], value]]), 'other');
  return plot.element;
}

function sqrtTsPlot(edges, values) {
  const known = values.filter(Number.isFinite);
  const [min, max] = [Math.min(-1, ...known) * 1.1, Math.max(3, ...known) * 1.1];
  const plot = new Plot(energies(edges), { min, max, title: '√TS' }, label('√TS', edges, values));
  plot.line([[edges[0], 0], [edges.at(-1), 0]], 'hint');
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    plot.line([[edges[i], value], [edges[i + 1], value]], 'series');
    plot.dot(Math.sqrt(edges[i] * edges[i + 1]), value);
  });
  return plot.element;
}

const energies = edges => ({ min: edges[0], max: edges.at(-1), isLog: true, title: 'Energy (TeV)' });

const label = (title, edges, values) => `${title} by energy: ${values.map((value, i) =>
  `${number(edges[i])} to ${number(edges[i + 1])} TeV ${Number.isFinite(value) ? number(value) : 'none'}`).join(', ')}`;

function figure(title, plot) {
  return element('figure', {}, element('figcaption', {}, title), plot);
}
