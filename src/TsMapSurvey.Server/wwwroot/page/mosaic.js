import { byId, element, svg } from './dom.js';
import { get, picture } from './api.js';
import { clock, count, nights, number, ticks } from './format.js';

// The survey's picture, its overlay and its legend. Row 0 of the survey's grid is at the bottom. The visible window of the picture, in pixels
// from its top left, contains the tiles with data or the whole survey.
export class Mosaic {
  #info;
  #window;
  #picture;
  #pick;
  #drawn = '';
  #cursor;

  constructor(info, pick) {
    this.#info = info;
    this.#pick = pick;
    const canvas = byId('image');
    canvas.onclick = event => {
      const box = canvas.getBoundingClientRect();
      const { left, top, width, height } = this.#window;
      this.#choose(left + (event.clientX - box.left) / box.width * width, top + (event.clientY - box.top) / box.height * height);
    };
    canvas.onkeydown = event => this.#key(event);
    this.setWindow([]);
  }

  // Shows the part with these tiles, or the whole survey if there are none.
  setWindow(tiles) {
    const { width, height } = this.#info;
    const [left, right] = [Math.min(width, ...tiles.map(tile => tile.x)), Math.max(0, ...tiles.map(tile => tile.x + tile.width))];
    const [bottom, top] = [Math.min(height, ...tiles.map(tile => tile.y)), Math.max(0, ...tiles.map(tile => tile.y + tile.height))];
    const window = tiles.length ? { left, top: height - top, width: right - left, height: top - bottom } : { left: 0, top: 0, width, height };
    if (JSON.stringify(window) === JSON.stringify(this.#window)) return;
    this.#window = window;
    byId('frame').style.aspectRatio = `${window.width} / ${window.height}`;
    byId('overlay').setAttribute('viewBox', `${window.left} ${window.top} ${window.width} ${window.height}`);
    this.#paint();
  }

  #paint() {
    if (!this.#picture) return;
    const canvas = byId('image');
    const { left, top, width, height } = this.#window;
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext('2d').drawImage(this.#picture, left, top, width, height, 0, 0, width, height);
  }

  // True if the newest data are shown.
  async show(api, map, slice, quantity) {
    const parameters = { map, slice };
    byId('fits').href = api(`/mosaic/${quantity}.fits`, parameters);
    byId('plot').href = api('/preview.png', { ...parameters, quantity });
    const { value, pending, problem } = await get(api(`/mosaic/${quantity}.json`, parameters));
    if (!value) {
      byId('wait').hidden = false;
      byId('wait').textContent = pending ? 'the first map is being computed' : problem ?? 'no data';
      byId('image').getContext('2d').clearRect(0, 0, byId('image').width, byId('image').height);
      this.#picture = undefined;
      this.#drawn = '';
      byId('legend-bar').hidden = true;
      byId('legend-ticks').replaceChildren();
      byId('legend-text').textContent = byId('standing').textContent = '';
      return !pending;
    }
    byId('wait').hidden = true;
    const version = `${map}/${value.slice}/${value.windowEnd}/${quantity}/${value.revision}/${value.computedAt}`;
    if (version !== this.#drawn) {
      const rescale = `${value.min},${value.max}`;
      const drawn = await picture(api(`/mosaic/${quantity}.png`, { ...parameters, rescale }));
      if (!drawn) return false;
      this.#picture = drawn;
      this.#paint();
      this.#legend(value, quantity, rescale);
      this.#drawn = version;
    }
    byId('standing').textContent = `revision ${count(value.revision)} of ${clock(value.computedAt)}${value.tilesPending ? `; ${count(value.tilesPending)} tile${value.tilesPending === 1 ? '' : 's'} being computed` : ''}${nights(value)}`;
    return !value.stale;
  }

  overlay(tiles, candidates) {
    const { height } = this.#info;
    const size = Math.max(this.#window.width, this.#window.height) / 60;
    const shapes = [];
    for (const tile of tiles) {
      shapes.push(svg('rect', { class: 'edge', x: tile.x, y: height - tile.y - tile.height, width: tile.width, height: tile.height }));
      shapes.push(svg('text', { class: 'edge-text', x: tile.x + size * 0.25, y: height - tile.y - size * 0.3, 'font-size': size * 0.6 }, `${tile.tile} r${tile.revision}`));
    }
    candidates.forEach((candidate, i) => {
      const [x, y] = [candidate.pixelX + 0.5, height - candidate.pixelY - 0.5];
      shapes.push(svg('circle', { class: 'mark', cx: x, cy: y, r: size * 0.55 }));
      shapes.push(svg('text', { class: 'mark-text', x: x + size * 0.65, y: y - size * 0.35, 'font-size': size * 0.72 }, String(i + 1)));
    });
    if (this.#cursor) {
      const [x, y] = [this.#cursor.x + 0.5, height - this.#cursor.y - 0.5];
      shapes.push(svg('path', { class: 'cross', d: `M${x - size} ${y}h${size * 0.7}M${x + size * 0.3} ${y}h${size * 0.7}M${x} ${y - size}v${size * 0.7}M${x} ${y + size * 0.3}v${size * 0.7}` }));
    }
    byId('overlay').replaceChildren(...shapes);
  }

  mark(x, y) {
    this.#cursor = { x, y };
  }

  #choose(column, rowFromTop) {
    const { width, height } = this.#info;
    const x = Math.min(width - 1, Math.max(0, Math.floor(column)));
    const y = Math.min(height - 1, Math.max(0, height - 1 - Math.floor(rowFromTop)));
    this.mark(x, y);
    this.#pick(x, y);
  }

  #key(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Enter: [0, 0] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const { height } = this.#info;
    const { left, top, width: across, height: down } = this.#window;
    const from = this.#cursor ?? { x: left + (across >> 1), y: height - 1 - top - (down >> 1) };
    const far = event.shiftKey ? 10 : 1;
    this.#choose(from.x + step[0] * far + 0.5, height - 1 - (from.y + step[1] * far) + 0.5);
  }

  #legend(value, quantity, rescale) {
    const bar = byId('legend-bar');
    bar.src = `/api/colorbar.png?${new URLSearchParams({ quantity, rescale })}`;
    bar.alt = `colours from ${number(value.min)} to ${number(value.max)}`;
    bar.hidden = false;
    byId('legend-text').textContent = value.text;
    byId('legend-ticks').replaceChildren(...ticks(value.min, value.max).map(tick => {
      const made = element('span', {}, number(tick));
      made.style.left = `${100 * (tick - value.min) / (value.max - value.min)}%`;
      return made;
    }));
  }
}
