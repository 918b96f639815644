import { all, get, survey } from './api.js';
import { showCandidates } from './candidates.js';
import { listenToControls, scaleOf, showControls, showFrame } from './controls.js';
import { showCounters } from './counters.js';
import { CubeSpectrum } from './cubeSpectrum.js';
import { byId } from './dom.js';
import { clock, count, nights } from './format.js';
import { extentOf, positionText } from './frames.js';
import { Ingestion } from './ingestion.js';
import { layerOf } from './layers.js';
import { hideLegend, showLegend } from './legend.js';
import { listen, throttled } from './live.js';
import { Observations } from './observations.js';
import { Picture } from './picture.js';
import { PositionPanel } from './position.js';
import { recipesOf, showRecipes } from './recipes.js';
import { setUpShortcuts } from './shortcuts.js';
import { Sky, whyNoSky } from './sky.js';
import { Tiles } from './tiles.js';
import { WholeSky } from './wholeSky.js';

// One survey on screen, from its first picture to the last event.
export class Dashboard {
  #info;
  #screen;
  #api;
  #viewer = null;
  #candidates = [];
  #isOpen = true;
  #stop = () => {};
  #tiles;
  #observations;
  #ingestion = new Ingestion();
  #position;
  #cubes;
  #viewTimer;

  #showMap = throttled(() => this.#drawMap(), 700);
  #showStatus = throttled(async () => {
    const { value } = await get(this.#api('/status'));
    if (value && this.#isOpen) showCounters(value);
  }, 400);
  #showLists = throttled(async () => {
    const [observed, tiled] = [await all(this.#api('/observations')), await all(this.#api('/tiles'))];
    if (!this.#isOpen) return;
    this.#observations.replace(observed);
    this.#tiles.replace(tiled);
    this.#drawExtent();
    this.#showIngestion();
  }, 1000);
  #showIngestion = throttled(async () => this.#ingestion.show(this.#observations.all, this.#tiles.all), 1000);
  #showCoverage = throttled(async () => {
    if (!this.#viewer?.isSky) return;
    const { value } = this.#screen.shows('coverage') ? await get(this.#api('/coverage.json', this.#slice())) : { value: null };
    if (this.#isOpen) this.#viewer.setCoverage(value);
  }, 5000);

  constructor(info, screen) {
    [this.#info, this.#screen, this.#api] = [info, screen, survey(info.name)];
    this.#tiles = new Tiles(info);
    this.#cubes = new CubeSpectrum(info);
    this.#observations = new Observations(screen, this.#api);
    this.#position = new PositionPanel(this.#api, screen, () => this.#layer.pointParameters, (ra, dec, point) => this.#mark(ra, dec, point));
  }

  async open() {
    this.#setUp();
    await Promise.all([this.#showStatus(), this.#showLists()]);
    await this.#openViewer();
    if (!this.#isOpen) return;
    this.#showControls();
    const at = this.#screen.numbers('at', 2);
    if (at) this.#position.choose(...at);
    this.#showMap();
    this.#showCoverage();
    this.#stop = listen(this.#api('/events'), (type, body) => this.#changed(type, body), isLive => {
      byId('link').className = isLive ? 'link live' : 'link';
      byId('link').textContent = isLive ? 'live' : 'polling every 3 seconds';
    });
  }

  close() {
    this.#isOpen = false;
    this.#stop();
    byId('sky').replaceChildren();
    byId('sky').hidden = byId('picture').hidden = true;
    byId('sky').className = 'sky';
  }

  get #layer() {
    return layerOf(this.#info, this.#screen);
  }

  get #frame() {
    return this.#screen.get('frame') || this.#info.frame;
  }

  // Whether the survey's tiles have no common pixel grid: they may be anywhere on the sky.
  get #isWholeSky() {
    return !this.#info.width;
  }

  // A survey that fills the sky is shown whole from its first observation on.
  get #extent() {
    const extent = extentOf(this.#tiles.withCounts);
    return this.#isWholeSky && extent[2] > 30 ? [0, 0, 360] : extent;
  }

  #slice() {
    return { slice: this.#layer.parameters.slice };
  }

  #changed(type, body) {
    if (type === 'observation') {
      this.#observations.put(body);
      this.#ingestion.see(body);
    }
    if (type === 'tile-updated') {
      this.#tiles.put(body);
      this.#drawExtent();
      this.#position.tileChanged(body.tile);
    }
    if (type === 'reset') this.#showLists();
    if (type !== 'observation') {
      this.#showMap();
      this.#showCoverage();
    }
    this.#showStatus();
    this.#showIngestion();
  }

  async #openViewer() {
    const events = {
      picked: (ra, dec) => this.#position.choose(ra, dec),
      pickedPixel: (x, y) => this.#position.choosePixel(x, y),
      hovered: (ra, dec, value) => this.#hover(ra, dec, value),
      moved: view => this.#keepView(view),
      windowed: window => this.#screen.set({ window: window ? [window.left, window.top, window.width, window.height].join(',') : '' }),
      drawn: what => {
        byId('frame').dataset.drawn = what;
      },
    };
    const why = this.#screen.get('viewer') === 'picture' ? 'a plain picture was asked for' : whyNoSky();
    byId('other-viewer').href = this.#screen.get('viewer') === 'picture' ? location.pathname : '?viewer=picture';
    byId('other-viewer').textContent = this.#screen.get('viewer') === 'picture' ? 'Show the sky in Aladin Lite' : 'Show the sky as a plain picture';
    if (!why) {
      try {
        byId('sky').hidden = false;
        const view = this.#screen.numbers('view', 3);
        const [ra, dec, fov] = view ?? this.#extent;
        this.#viewer = await Sky.open(byId('sky'), { ra, dec, fov, frame: this.#frame, isWhole: this.#isWholeSky }, events);
        this.#viewer.go(ra, dec, fov);
        return;
      } catch (fault) {
        console.warn(`no sky view: ${fault}`);
      }
    }
    byId('sky').hidden = true;
    const window = this.#screen.numbers('window', 4);
    this.#viewer = new Picture(
      this.#info, events, window && { left: window[0], top: window[1], width: window[2], height: window[3] },
      this.#isWholeSky ? new WholeSky(this.#info.frame) : null);
    byId('map-title').textContent = 'Map';
    byId('readout').textContent = why && this.#screen.get('viewer') !== 'picture' ? `${why}: a plain picture` : '';
    this.#drawExtent();
  }

  // True if the newest data are shown.
  async #drawMap() {
    const layer = this.#layer;
    byId('fits').href = this.#api(`/mosaic/${layer.quantity.name}.fits`, layer.parameters);
    byId('plot').href = this.#api('/preview.png', { ...layer.parameters, quantity: layer.quantity.name });
    const list = { ...layer.pointParameters, energy: undefined, min_sqrt_ts: this.#screen.get('sources') };
    const [{ value, pending, problem }, { value: candidates }] = await Promise.all([
      get(this.#api(`/mosaic/${layer.quantity.name}.json`, layer.parameters)), get(this.#api('/candidates.json', list)),
    ]);
    if (!this.#isOpen) return;
    this.#candidates = candidates ?? this.#candidates;
    this.#drawCandidates();
    byId('wait').hidden = Boolean(value);
    if (!value) {
      byId('wait').textContent = pending ? 'the first map is being computed' : problem ?? 'no data';
      this.#viewer?.clear();
      hideLegend();
      byId('standing').textContent = '';
    } else {
      const scale = scaleOf(this.#screen, value);
      showLegend(value.text, layer.quantity.name, scale);
      const busy = value.tilesPending ? `; ${count(value.tilesPending)} tile${value.tilesPending === 1 ? '' : 's'} being computed` : '';
      byId('standing').textContent = `revision ${count(value.revision)}, computed ${clock(value.computedAt)}${busy}${nights(value)}`;
      await this.#viewer?.show(layer, this.#api, scale, `${value.revision}/${value.computedAt}/${value.windowEnd}`);
      if (byId('frame').dataset.revision !== String(value.revision)) this.#cubes.renew();
      byId('frame').dataset.revision = value.revision;
    }
    if (this.#isOpen && (pending || value?.stale)) setTimeout(this.#showMap, 1000);
  }

  #drawCandidates() {
    this.#viewer?.setCandidates(this.#screen.shows('candidates') ? this.#candidates : []);
    showCandidates(this.#candidates, this.#screen, this.#frame, one => this.#go(one.ra, one.dec));
  }

  #drawExtent() {
    if (!this.#viewer || this.#viewer.isSky) return;
    this.#viewer.setData(this.#tiles.withCounts);
    this.#viewer.setTiles(this.#screen.shows('tiles') ? this.#tiles.all : []);
  }

  // Shows a position's values, and moves the sky to it if it is out of view.
  #go(ra, dec) {
    this.#position.choose(ra, dec);
    if (!this.#viewer?.isSky) return;
    const place = this.#viewer.pixelOf(ra, dec);
    const { clientWidth: width, clientHeight: height } = byId('sky');
    if (!place || place[0] < 0 || place[1] < 0 || place[0] > width || place[1] > height) this.#viewer.go(ra, dec);
  }

  #mark(ra, dec, point) {
    this.#cubes.show(ra, dec, this.#layer.map.name);
    this.#viewer?.mark(ra, dec, point);
  }

  #hover(ra, dec, value) {
    const text = value === null || value === undefined ? '' : ` · ${value.toPrecision(4)}`;
    this.#followCube(ra, dec);
    byId('readout').textContent = ra === null ? ''
      : `${positionText(ra, dec, 'icrs', 3)} ICRS · ${positionText(ra, dec, 'galactic', 3)} Galactic${text}`;
  }

  // The spectrum under the mouse; outside the sky that of the chosen position.
  #followCube(ra, dec) {
    const [chosenRa, chosenDec] = this.#screen.numbers('at', 2) ?? [NaN, NaN];
    this.#cubes.show(ra ?? chosenRa, ra === null ? chosenDec : dec, this.#layer.map.name);
  }

  #keepView({ ra, dec, fov }) {
    // With the mouse the spectrum is that under it.
    if (byId('frame').matches(':focus-visible')) this.#cubes.show(ra, dec, this.#layer.map.name);
    clearTimeout(this.#viewTimer);
    this.#viewTimer = setTimeout(() => this.#screen.set({ view: `${ra.toFixed(4)},${dec.toFixed(4)},${fov.toPrecision(4)}` }), 250);
  }

  #showAll() {
    if (this.#viewer?.isSky) this.#viewer.go(...this.#extent);
    else this.#viewer?.showData();
  }

  #showControls() {
    showControls(this.#info, this.#screen, this.#layer, this.#viewer);
    this.#tiles.choose(this.#layer.map.name);
  }

  #setFrame(frame) {
    this.#screen.set({ frame: frame === this.#info.frame ? '' : frame });
    showFrame(frame);
    this.#viewer?.setFrame(frame);
    this.#position.showInput();
    this.#drawCandidates();
  }

  #toggle(name) {
    this.#screen.setShown(name, !this.#screen.shows(name));
    byId(`show-${name}`).checked = this.#screen.shows(name);
    if (name === 'candidates') this.#drawCandidates();
    if (name === 'coverage') this.#showCoverage();
    if (name === 'tiles') this.#drawExtent();
  }

  #step(by) {
    if (!this.#candidates.length) return;
    const at = this.#screen.numbers('at', 2);
    const now = this.#candidates.findIndex(one => at && Math.hypot(one.ra - at[0], one.dec - at[1]) < 1e-4);
    const next = this.#candidates[(now + by + this.#candidates.length + (now < 0 && by < 0 ? 1 : 0)) % this.#candidates.length];
    this.#go(next.ra, next.dec);
  }

  #showRecipes() {
    const at = this.#screen.numbers('at', 2);
    showRecipes(recipesOf({
      origin: location.origin, link: location.origin + this.#screen.link(`/surveys/${encodeURIComponent(this.#info.name)}`), api: this.#api,
      layer: this.#layer, at: at?.join(','), tile: this.#position.tile ?? this.#tiles.withCounts[0]?.tile, minSqrtTs: this.#screen.get('sources'),
    }));
  }

  #setUp() {
    this.#showControls();
    listenToControls(changes => {
      this.#screen.set(changes);
      this.#showControls();
      this.#position.again();
      this.#showMap();
      this.#showCoverage();
    });
    for (const name of ['candidates', 'coverage', 'tiles']) byId(`show-${name}`).onchange = () => this.#toggle(name);
    byId('coordinates').onchange = () => this.#setFrame(byId('coordinates').value);
    byId('zoom-in').onclick = () => this.#viewer?.zoom(0.7);
    byId('zoom-out').onclick = () => this.#viewer?.zoom(1.4);
    byId('show-data').onclick = () => this.#showAll();
    byId('show-whole').onclick = () => this.#viewer?.showWhole();
    byId('open-recipes').onclick = () => this.#showRecipes();
    byId('point-form').onsubmit = event => {
      event.preventDefault();
      const place = this.#position.entered(this.#frame);
      if (place) this.#go(...place);
    };
    setUpShortcuts({
      viewer: () => this.#viewer, '/': () => byId('where').select(), m: () => byId('frame').focus(), a: () => this.#showAll(),
      g: () => this.#setFrame(this.#frame === 'galactic' ? 'icrs' : 'galactic'), c: () => this.#toggle('candidates'),
      v: () => this.#toggle('coverage'), n: () => this.#step(1), p: () => this.#step(-1), h: () => this.#showRecipes(),
      '?': () => byId('help').showModal(),
    });
    this.#position.clear();
  }
}
