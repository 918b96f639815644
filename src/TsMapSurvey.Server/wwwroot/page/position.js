import { get } from './api.js';
import { byId } from './dom.js';
import { parsePosition, positionText } from './frames.js';
import { throttled } from './live.js';
import { showMore, showPoint } from './point.js';

// The chosen position: its input, its panel, and what is asked of the server for it.
export class PositionPanel {
  #api;
  #screen;
  #parameters;
  #mark;
  #asked = 0;
  #at = null;
  #tile;
  // Spectrum and profile are fitted by the server: not for every one of many changes.
  #refresh = throttled(async () => this.again(), 3000);

  constructor(api, screen, parameters, mark) {
    [this.#api, this.#screen, this.#parameters, this.#mark] = [api, screen, parameters, mark];
  }

  // The tile that owns the position; undefined before there is an answer.
  get tile() {
    return this.#tile;
  }

  choose(ra, dec) {
    this.#at = [Number(ra.toFixed(6)), Number(dec.toFixed(6))];
    this.#screen.set({ at: this.#at.join(',') });
    this.showInput();
    this.#mark(ra, dec, null);
    return this.#ask(`/point/${this.#at.join(',')}`);
  }

  // A pixel of the survey's grid, whose position the server knows.
  choosePixel(x, y) {
    return this.#ask(`/pixel/${x},${y}`);
  }

  async again() {
    if (this.#at) await this.#ask(`/point/${this.#at.join(',')}`);
  }

  tileChanged(tile) {
    if (tile === this.#tile) this.#refresh();
  }

  clear() {
    byId('point-more').replaceChildren();
    byId('point-problem').hidden = true;
  }

  showInput() {
    const frame = byId('coordinates').value;
    if (this.#at) byId('where').value = positionText(...this.#at, frame);
  }

  // What is in the input, as ICRS; null, and a note, if it is no position.
  entered(frame) {
    const place = parsePosition(byId('where').value, frame);
    byId('point-problem').hidden = Boolean(place);
    if (!place) byId('point-problem').textContent = `“${byId('where').value}” is not a position: ${byId('where').placeholder}`;
    return place;
  }

  async #ask(path) {
    const own = ++this.#asked;
    const { value, problem } = await get(this.#api(path, this.#parameters()));
    if (own !== this.#asked) return;
    byId('point-problem').hidden = true;
    this.#tile = value?.tile ?? undefined;
    if (value) {
      this.#at = [Number(value.ra.toFixed(6)), Number(value.dec.toFixed(6))];
      this.#screen.set({ at: this.#at.join(',') });
      // Another position may be in the making there.
      if (document.activeElement !== byId('where')) this.showInput();
      this.#mark(...this.#at, value);
    }
    showPoint(value, problem);
    if (!value) return;
    if (value.stale) setTimeout(() => { if (own === this.#asked) this.again(); }, 2000);
    const more = part => get(this.#api(`/point/${this.#at.join(',')}/${part}`, this.#parametersOf(part)));
    const [spectrum, profile, assets] = await Promise.all([more('spectrum'), more('profile'), more('assets')]);
    if (own === this.#asked)
      showMore({ spectrum: spectrum.value, profile: profile.value, assets: assets.value, isMore: Boolean(assets.next) });
  }

  // Spectrum and observations are of all energies.
  #parametersOf(part) {
    const { energy, ...others } = this.#parameters();
    return part === 'profile' ? { ...others, energy } : others;
  }
}
