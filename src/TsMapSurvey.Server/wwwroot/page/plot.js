import { svg } from './dom.js';
import { number } from './format.js';

const [width, height, left, right, top, bottom] = [380, 190, 84, 12, 10, 36];

// A small plot as SVG. An axis is { min, max, isLog, title }.
export class Plot {
  #shapes = [];

  constructor(x, y, label) {
    [this.x, this.y, this.label] = [x, y, label];
    for (const tick of ticksOf(x)) {
      const at = this.across(tick);
      this.#shapes.push(svg('path', { class: 'grid-line', d: `M${at} ${top}V${height - bottom}` }));
      this.#shapes.push(svg('text', { x: at, y: height - bottom + 14, 'text-anchor': 'middle' }, number(tick, 2)));
    }
    for (const tick of ticksOf(y)) {
      const at = this.up(tick);
      this.#shapes.push(svg('path', { class: 'grid-line', d: `M${left} ${at}H${width - right}` }));
      this.#shapes.push(svg('text', { x: left - 5, y: at + 4, 'text-anchor': 'end' }, number(tick, 2)));
    }
    this.#shapes.push(svg('text', { class: 'title', x: (left + width - right) / 2, y: height - 4, 'text-anchor': 'middle' }, x.title));
    const turned = { class: 'title', transform: `translate(11 ${(top + height - bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle' };
    this.#shapes.push(svg('text', turned, y.title));
  }

  across(value) {
    return left + share(this.x, value) * (width - left - right);
  }

  up(value) {
    return height - bottom - share(this.y, value) * (height - top - bottom);
  }

  line(points, kind) {
    const inside = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
    this.#shapes.push(svg('path', { class: kind, d: inside.map(([x, y], i) => `${i ? 'L' : 'M'}${this.across(x)} ${this.up(y)}`).join('') }));
  }

  bar(from, to, value) {
    const [start, end, base, level] = [this.across(from), this.across(to), this.up(this.y.min), this.up(value)];
    this.#shapes.push(svg('rect', { class: 'bar-shape', x: start, y: level, width: Math.max(1, end - start - 1), height: base - level }));
  }

  dot(x, y) {
    this.#shapes.push(svg('circle', { class: 'dot', cx: this.across(x), cy: this.up(y), r: 3.2 }));
  }

  // An arrow down from a limit.
  limit(x, y) {
    const [at, from] = [this.across(x), this.up(y)];
    this.#shapes.push(svg('path', { class: 'series', d: `M${at} ${from}v14m-4 -5l4 5l4 -5` }));
  }

  get element() {
    const made = svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': this.label });
    made.append(...this.#shapes);
    return made;
  }
}

function share({ min, max, isLog }, value) {
  const found = isLog ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.min(1, Math.max(0, found));
}

function ticksOf({ min, max, isLog }) {
  if (isLog) {
    const found = [];
    for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++)
      for (const digit of Math.log10(max / min) < 1.5 ? [1, 2, 5] : [1])
        if (digit * 10 ** power >= min * 0.999 && digit * 10 ** power <= max * 1.001) found.push(digit * 10 ** power);
    const every = Math.ceil(found.length / 6);
    return found.filter((_, i) => i % every === 0);
  }
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough);
  const found = [];
  for (let k = Math.ceil(min / step - 1e-9); k * step <= max * (1 + 1e-9); k++) found.push(k * step);
  return found;
}
