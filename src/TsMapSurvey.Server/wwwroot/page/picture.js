import { byId, svg } from './dom.js';
import { picture } from './api.js';
import { colourParameters } from './colours.js';
import { Panels } from './panels.js';

const smallest = 12;

// The view without WebGL: the server's picture of the survey with zoom and pan, candidates and tiles. Row 0 of the survey's grid is at the
// bottom. Its window, in pixels from the top left, is the part with data until the reader chooses another one. With a projection, the picture
// is that of the whole sky.
export class Picture {
  #info;
  #projection;
  #events;
  #api;
  #panels;
  #picture;
  #data;
  #chosen = null;
  #cursor = null;
  #candidates = [];
  #tiles = [];
  #shown = '';
  #drag = null;

  constructor(info, events, window, projection) {
    [this.#info, this.#events, this.#chosen, this.#projection] = [projection ?? info, events, window, projection];
    byId('picture').hidden = false;
    const canvas = byId('image');
    canvas.onpointerdown = event => this.#down(event);
    canvas.onpointermove = event => this.#move(event);
    canvas.onpointerup = event => this.#up(event);
    canvas.onwheel = event => {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.#place(event));
    };
    this.setData([]);
  }

  get isSky() {
    return false;
  }

  get window() {
    return this.#chosen;
  }

  // The tiles with data; the whole survey if there are none.
  setData(tiles) {
    if (this.#projection) tiles = [];
    const { width, height } = this.#info;
    const [left, right] = [Math.min(width, ...tiles.map(one => one.x)), Math.max(0, ...tiles.map(one => one.x + one.width))];
    const [bottom, top] = [Math.min(height, ...tiles.map(one => one.y)), Math.max(0, ...tiles.map(one => one.y + one.height))];
    this.#data = tiles.length ? { left, top: height - top, width: right - left, height: top - bottom } : this.#whole;
    this.#arrange();
  }

  async show(layer, api, scale, revision) {
    const shown = JSON.stringify([layer.name, layer.parameters, scale, revision]);
    if (shown === this.#shown) return;
    const drawn = await picture(api(`/mosaic/${layer.quantity.name}.png`, { ...layer.parameters, ...colourParameters(scale) }));
    if (!drawn) return;
    [this.#picture, this.#shown] = [drawn, shown];
    this.#paint();
    this.#events.drawn?.('picture of the server');
  }

  clear() {
    this.#picture = undefined;
    this.#shown = '';
    byId('image').getContext('2d').clearRect(0, 0, byId('image').width, byId('image').height);
  }

  setCandidates(candidates) {
    this.#candidates = this.#projection ? candidates.map(one => this.#pixel(one.ra, one.dec)) : candidates;
    this.#overlay();
  }

  setTiles(tiles) {
    this.#tiles = this.#projection ? [] : tiles;
    this.#overlay();
  }

  setCoverage() {}

  setFrame() {}

  // Marks a position, whose pixel of the survey's grid is known.
  mark(ra, dec, pixel) {
    const { pixelX, pixelY } = this.#projection && ra !== null ? this.#pixel(ra, dec) : pixel ?? {};
    if (Number.isFinite(pixelX)) this.#markPixel(pixelX, pixelY);
  }

  #pixel(ra, dec) {
    const [x, y] = this.#projection.place(ra, dec);
    return { pixelX: x - 0.5, pixelY: y - 0.5 };
  }

  #markPixel(x, y) {
    this.#cursor = { x, y };
    this.#overlay();
  }

  zoom(factor, around) {
    const from = this.#panels.rows > 1 ? { ...this.#panels.window, width: this.#panels.rowWidth } : this.#panels.window;
    const size = side => Math.max(smallest, from[side] * factor);
    const [x, y] = around ?? [from.left + from.width / 2, from.top + from.height / 2];
    const { left, top } = this.#panels.window;
    const share = [(x - left) % this.#panels.rowWidth / this.#panels.rowWidth, (y - top) / this.#panels.window.height];
    this.#choose({ left: x - share[0] * size('width'), top: y - share[1] * size('height'), width: size('width'), height: size('height') });
  }

  pan(right, up) {
    const { left, top, width, height } = this.#panels.window;
    this.#choose({ left: left + right * width, top: top - up * height, width, height });
  }

  showWhole() {
    this.#choose(this.#whole);
  }

  showData() {
    this.#choose(null);
  }

  pickCentre() {
    const { left, top, width, height } = this.#panels.window;
    this.#pick([left + width / 2, top + height / 2]);
  }

  // Moves the mark by pixels.
  step(right, up) {
    const { left, top, width, height } = this.#panels.window;
    const from = this.#cursor ?? { x: Math.floor(left + width / 2), y: this.#info.height - 1 - Math.floor(top + height / 2) };
    this.#pick([from.x + right + 0.5, this.#info.height - 1 - (from.y + up) + 0.5]);
  }

  get #whole() {
    return { left: 0, top: 0, width: this.#info.width, height: this.#info.height };
  }

  #choose(window) {
    const whole = this.#whole;
    if (window) {
      const [width, height] = [Math.min(whole.width, Math.round(window.width)), Math.min(whole.height, Math.round(window.height))];
      this.#chosen = {
        left: Math.min(whole.width - width, Math.max(0, Math.round(window.left))),
        top: Math.min(whole.height - height, Math.max(0, Math.round(window.top))), width, height,
      };
    } else this.#chosen = null;
    this.#events.windowed(this.#chosen);
    this.#arrange();
  }

  #arrange() {
    const panels = new Panels(this.#chosen ?? this.#data);
    if (JSON.stringify(panels) === JSON.stringify(this.#panels)) return;
    this.#panels = panels;
    byId('picture').style.aspectRatio = `${panels.width} / ${panels.height}`;
    byId('overlay').setAttribute('viewBox', `0 0 ${panels.width} ${panels.height}`);
    this.#paint();
    this.#overlay();
  }

  #paint() {
    if (!this.#picture) return;
    const canvas = byId('image');
    [canvas.width, canvas.height] = [this.#panels.width, this.#panels.height];
    const context = canvas.getContext('2d');
    for (const part of this.#panels.parts)
      context.drawImage(this.#picture, part.left, part.top, part.width, part.height, part.x, part.y, part.width, part.height);
  }

  #overlay() {
    const { height } = this.#info;
    const size = Math.max(this.#panels.width, this.#panels.height) / 60;
    const shapes = [];
    for (const tile of this.#tiles) {
      const place = this.#panels.place(tile.x, height - tile.y - tile.height);
      if (!place) continue;
      shapes.push(svg('rect', { class: 'edge', x: place[0], y: place[1], width: tile.width, height: tile.height }));
      const text = { class: 'edge-text', x: place[0] + size * 0.25, y: place[1] + tile.height - size * 0.3, 'font-size': size * 0.6 };
      shapes.push(svg('text', text, `${tile.tile} r${tile.revision}`));
    }
    this.#candidates.forEach((candidate, i) => {
      const place = this.#panels.place(candidate.pixelX + 0.5, height - candidate.pixelY - 0.5);
      if (!place) return;
      shapes.push(svg('circle', { class: 'mark', cx: place[0], cy: place[1], r: size * 0.55 }));
      const text = { class: 'mark-text', x: place[0] + size * 0.65, y: place[1] - size * 0.35, 'font-size': size * 0.72 };
      shapes.push(svg('text', text, String(i + 1)));
    });
    const mark = this.#cursor && this.#panels.place(this.#cursor.x + 0.5, height - this.#cursor.y - 0.5);
    if (mark) {
      const [[x, y], arm] = [mark, size * 0.7];
      const arms = `M${x - size} ${y}h${arm}M${x + size - arm} ${y}h${arm}M${x} ${y - size}v${arm}M${x} ${y + size - arm}v${arm}`;
      shapes.push(svg('path', { class: 'cross', d: arms }));
    }
    byId('overlay').replaceChildren(...shapes);
  }

  // The place of the image under the pointer; null between two rows.
  #place(event) {
    const box = byId('image').getBoundingClientRect();
    const { width, height } = this.#panels;
    return this.#panels.at((event.clientX - box.left) / box.width * width, (event.clientY - box.top) / box.height * height);
  }

  #down(event) {
    byId('image').setPointerCapture(event.pointerId);
    this.#drag = { x: event.clientX, y: event.clientY, window: this.#panels.window, moved: false };
  }

  #move(event) {
    if (!this.#drag || this.#panels.rows > 1) return;
    const [across, down] = [event.clientX - this.#drag.x, event.clientY - this.#drag.y];
    if (!this.#drag.moved && Math.hypot(across, down) < 5) return;
    this.#drag.moved = true;
    const scale = this.#panels.width / byId('image').getBoundingClientRect().width;
    const { left, top, width, height } = this.#drag.window;
    this.#choose({ left: left - across * scale, top: top - down * scale, width, height });
  }

  #up(event) {
    const drag = this.#drag;
    this.#drag = null;
    if (drag && !drag.moved) this.#pick(this.#place(event));
  }

  #pick(place) {
    if (!place) return;
    const { width, height } = this.#info;
    const x = Math.min(width - 1, Math.max(0, Math.floor(place[0])));
    const y = Math.min(height - 1, Math.max(0, height - 1 - Math.floor(place[1])));
    this.#markPixel(x, y);
    if (!this.#projection) this.#events.pickedPixel(x, y);
    else if (this.#projection.position(x + 0.5, y + 0.5)) this.#events.picked(...this.#projection.position(x + 0.5, y + 0.5));
  }
}
