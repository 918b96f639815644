import { colours } from './colours.js';
import { separation } from './frames.js';
import { get, headers } from './api.js';

const snapPixels = 12;
const lookEvery = 150;
const longestWait = 8000;

// Why there is no sky view; null if there can be one.
export function whyNoSky() {
  if (!script()) return 'This server was built without Aladin Lite';
  return document.createElement('canvas').getContext('webgl2') ? null : 'This browser has no WebGL 2';
}

// The sky in Aladin Lite: the chosen layer's HiPS, or the survey's image where it has none; candidates, coverage and the chosen position.
// Nothing is loaded from other servers: no list of surveys, no names to resolve, no log.
export class Sky {
  #a;
  #aladin;
  #events;
  #layer;
  #catalogue;
  #marker;
  #moc;
  #shown = '';
  #number = 0;
  #candidates = [];
  #widest;

  constructor(a, aladin, events, widest) {
    [this.#a, this.#aladin, this.#events, this.#widest] = [a, aladin, events, widest];
    this.#catalogue = a.catalog({
      name: 'Candidates', shape: 'circle', sourceSize: 18, color: '#00b39b', displayLabel: true, labelColumn: 'number',
      labelColor: '#00b39b', labelFont: '13px sans-serif',
    });
    this.#marker = a.catalog({ name: 'Position', shape: 'cross', sourceSize: 24, color: '#ff4fa3' });
    aladin.addCatalog(this.#catalogue);
    aladin.addCatalog(this.#marker);
    aladin.on('click', event => this.#pick(event));
    aladin.on('mouseMove', event => this.#hover(event));
    aladin.on('positionChanged', () => events.moved(this.view));
    aladin.on('zoomChanged', () => events.moved(this.view));
  }

  // isWhole: the view may show the whole sky at once.
  static async open(host, { ra, dec, fov, frame, isWhole }, events) {
    const { default: a } = await import(script());
    await a.init;
    const aladin = a.aladin(host, {
      survey: [], hipsList: [], log: false, samp: false, target: `${ra} ${dec}`, fov, cooFrame: 'ICRSd', projection: isWhole ? 'AIT' : 'TAN',
      backgroundColor: 'rgb(16, 20, 28)', showCooGrid: true, gridColor: 'rgb(120, 140, 170)', gridOpacity: 0.28, showReticle: false,
      showLayersControl: false, showFullscreenControl: false, showProjectionControl: false, showShareControl: false,
      showSettingsControl: false, showSimbadPointerControl: false, showCooGridControl: false, showContextMenu: false, showFrame: false,
      showCooLocation: false, showFov: false, showZoomControl: false, showStatusBar: false, manualSelection: true,
    });
    const sky = new Sky(a, aladin, events, isWhole ? 360 : 180);
    sky.setFrame(frame);
    return sky;
  }

  get isSky() {
    return true;
  }

  get view() {
    const [ra, dec] = this.#aladin.getRaDec();
    return { ra, dec, fov: this.#aladin.getFov()[0] };
  }

  setFrame(frame) {
    this.#aladin.setFrame(frame === 'galactic' ? 'GAL' : 'ICRSd');
  }

  // The angle is the width of the view; without one it stays.
  go(ra, dec, fov) {
    this.#aladin.gotoRaDec(ra, dec);
    if (fov) this.#aladin.setFoV(fov);
  }

  zoom(factor) {
    this.#aladin.setFoV(Math.min(this.#widest, Math.max(0.05, this.#aladin.getFov()[0] * factor)));
  }

  pan(right, up) {
    const [width, height] = this.#aladin.getSize();
    const [ra, dec] = this.#aladin.pix2world(width * (0.5 + right), height * (0.5 - up), 'icrs') ?? [];
    if (Number.isFinite(ra)) this.#aladin.gotoRaDec(ra, dec);
  }

  pickCentre() {
    const { ra, dec } = this.view;
    this.#events.picked(ra, dec);
  }

  // Shows a layer in the colours of a scale. An earlier one stays until the new one has data.
  async show(layer, api, scale, revision) {
    const source = await this.#source(layer, api, revision);
    const shown = JSON.stringify([source?.url, scale, revision]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const bar = source && await colours(layer.quantity.name, scale);
    if (!bar || shown !== this.#shown) return;
    const name = `tsmap${++this.#number}`;
    this.#aladin.addColormap(name, bar);
    const options = { name: layer.name, imgFormat: 'fits', colormap: name, stretch: 'linear', minCut: scale.min, maxCut: scale.max };
    const before = this.#layer;
    const isLoaded = new Promise(resolve => Object.assign(options, { successCallback: resolve, errorCallback: resolve }));
    const added = source.isHips ? this.#a.imageHiPS(source.url, options) : this.#a.image(source.url, options);
    this.#layer = { image: added, name, isHips: source.isHips };
    this.#aladin.setOverlayImageLayer(added, name);
    if (!source.isHips) await isLoaded;
    // Aladin Lite selects a layer when it has added it.
    const places = this.#places(before);
    await this.#until(() => this.#aladin.getSelectedLayer() === name && (!source.isHips || this.#hasData(added, places)));
    if (before) this.#remove(before);
    this.#events.drawn?.(source.isHips ? 'HiPS' : 'image of the survey');
  }

  clear() {
    if (this.#layer) this.#remove(this.#layer);
    this.#layer = undefined;
    this.#shown = '';
  }

  setCandidates(candidates) {
    this.#candidates = candidates;
    this.#catalogue.removeAll();
    this.#catalogue.addSources(candidates.map((one, i) => this.#a.source(one.ra, one.dec, { number: String(i + 1) })));
  }

  mark(ra, dec) {
    this.#marker.removeAll();
    if (ra !== null) this.#marker.addSources([this.#a.source(ra, dec, {})]);
  }

  // A MOC as JSON: lists of cells by order.
  setCoverage(moc) {
    if (this.#moc) this.#aladin.removeOverlay(this.#moc);
    this.#moc = moc ? this.#a.MOCFromJSON(moc, { color: '#9fb4d0', lineWidth: 1.5, opacity: 0.9, perimeter: true, fill: false }) : undefined;
    if (this.#moc) this.#aladin.addMOC(this.#moc);
  }

  // The value under a pixel of the view; null where there are no data, and for images, of which Aladin Lite reads no pixels.
  valueAt(x, y) {
    const value = this.#layer?.isHips ? readPixel(this.#layer.image, x, y) : null;
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }

  pixelOf(ra, dec) {
    return this.#aladin.world2pix(ra, dec) ?? null;
  }

  #pick(event) {
    if (event.isDragging) return;
    const near = this.#candidates.find(one => {
      const place = this.pixelOf(one.ra, one.dec);
      return place && Math.hypot(place[0] - event.x, place[1] - event.y) < snapPixels && separation(one.ra, one.dec, event.ra, event.dec) < 90;
    });
    this.#events.picked(near?.ra ?? event.ra, near?.dec ?? event.dec);
  }

  #hover(event) {
    const place = this.#aladin.pix2world(event.x, event.y, 'icrs');
    if (place && Number.isFinite(place[0])) this.#events.hovered(place[0], place[1], this.valueAt(event.x, event.y));
    else this.#events.hovered(null);
  }

  // Where the layer's pixels are: its HiPS under the path of its newest version, which never changes, or the FITS image of the survey.
  async #source(layer, api, revision) {
    const absolute = path => new URL(path, location.href).href;
    if (layer.hips && !missing.has(layer.hips)) {
      const answer = await fetch(`${layer.hips}/properties`, { headers: headers(), cache: 'no-cache' });
      if (answer.ok) {
        const version = /"([^"]+)-properties"/.exec(answer.headers.get('ETag') ?? '')?.[1];
        return { isHips: true, url: absolute(version ? `${layer.hips}/v/${version}` : layer.hips) };
      }
      if (answer.status === 404) missing.add(layer.hips);
    }
    const path = `/mosaic/${layer.quantity.name}`;
    const { value } = await get(api(`${path}.json`, layer.parameters));
    return value ? { isHips: false, url: absolute(api(`${path}.fits`, layer.parameters)) } : null;
  }

  #remove({ image, name }) {
    this.#aladin.removeImageLayer(name);
    // Aladin Lite remembers every HiPS that it has shown, and a live one has many versions.
    this.#aladin.hipsCache.delete(image.id);
    this.#aladin.removeHiPSFromFavorites(image);
  }

  // Places of the view where a layer has data; none without a layer that tells.
  #places(layer) {
    const [width, height] = this.#aladin.getSize();
    const shares = [0.5, 0.3, 0.7, 0.15, 0.85];
    const all = shares.flatMap(x => shares.map(y => [x * width, y * height]));
    const known = layer?.isHips ? all.filter(place => Number.isFinite(readPixel(layer.image, ...place))) : [];
    return { all, known };
  }

  // Whether a layer has data where an earlier one had some; without an earlier one, anywhere.
  #hasData(image, { all, known }) {
    const has = place => Number.isFinite(readPixel(image, ...place));
    return known.length ? known.every(has) : all.some(has);
  }

  // Polls, because Aladin Lite does not tell when it has drawn the tiles that the view needs.
  async #until(isDone) {
    for (const end = performance.now() + longestWait; !isDone() && performance.now() < end;)
      await new Promise(resolve => setTimeout(resolve, lookEvery));
  }
}

const missing = new Set();

function readPixel(image, x, y) {
  try {
    return image.readPixel(x, y);
  } catch {
    // A HiPS has no pixels until its first tile is there.
    return null;
  }
}

function script() {
  return document.querySelector('meta[name="aladin-lite"]')?.content;
}
