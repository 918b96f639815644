import { all, get, survey } from './api.js';
import { showCandidates } from './candidates.js';
import { showCounters } from './counters.js';
import { byId, options } from './dom.js';
import { listen, throttled } from './live.js';
import { Mosaic } from './mosaic.js';
import { Observations } from './observations.js';
import { showPoint } from './point.js';
import { Tiles } from './tiles.js';

const observations = new Observations();
let close = () => {};

function fault(text) {
  byId('fault').textContent = text ?? '';
  byId('fault').hidden = !text;
}

async function start() {
  const { value: surveys, problem } = await get('/api/surveys');
  fault(problem);
  const wanted = /^\/surveys\/([^/]+)/.exec(location.pathname)?.[1];
  const name = wanted ? decodeURIComponent(wanted) : surveys?.[0]?.survey;
  options(byId('survey'), (surveys ?? []).map(one => [one.survey, one.survey]), name);
  byId('survey').onchange = () => {
    history.pushState(null, '', `/surveys/${encodeURIComponent(byId('survey').value)}`);
    open(byId('survey').value);
  };
  byId('empty').hidden = Boolean(name) || Boolean(problem);
  if (name) await open(name);
  else setTimeout(start, 3000);
}

async function open(name) {
  close();
  const api = survey(name);
  const { value: info, problem } = await get(api('/info'));
  fault(problem);
  byId('link').hidden = document.querySelector('main').hidden = !info;
  if (!info) return;
  document.title = `${name} · TsMapSurvey`;
  let candidates = [];
  let isOpen = true;
  let lastPath = null;
  const tiles = new Tiles(info);
  const mosaic = new Mosaic(info, (x, y) => point(`/pixel/${x},${y}`));
  const map = () => byId('map-name').value;
  const slice = () => byId('slice').value;
  const draw = () => {
    mosaic.setWindow(byId('show-whole').checked ? [] : tiles.withCounts);
    mosaic.overlay(byId('show-tiles').checked ? tiles.all : [], byId('show-candidates').checked ? candidates : []);
  };

  async function point(path) {
    lastPath = path;
    draw();
    const { value, problem: reason } = await get(api(path, { map: map(), slice: slice() }));
    if (value) {
      [byId('ra').value, byId('dec').value] = [value.ra.toFixed(4), value.dec.toFixed(4)];
      mosaic.mark(value.pixelX, value.pixelY);
      draw();
    }
    if (path === lastPath) showPoint(value, reason);
  }

  const pointAgain = () => {
    if (lastPath) point(lastPath);
  };

  const showMap = throttled(async () => {
    const isDone = await mosaic.show(api, map(), slice(), byId('quantity').value);
    const minSqrtTs = byId('min-sqrt-ts').validity.valid ? byId('min-sqrt-ts').value : '';
    const { value } = await get(api('/candidates.json', { map: map(), slice: slice(), min_sqrt_ts: minSqrtTs }));
    if (!isOpen) return;
    candidates = value ?? candidates;
    showCandidates(candidates, candidate => point(`/point/${candidate.ra},${candidate.dec}`));
    draw();
    if (!isDone) setTimeout(showMap, 1000);
  }, 700);
  const showStatus = throttled(async () => {
    const { value } = await get(api('/status'));
    if (value && isOpen) showCounters(value);
  }, 400);
  const showLists = throttled(async () => {
    const [observed, tiled] = [await all(api('/observations')), await all(api('/tiles'))];
    if (!isOpen) return;
    observations.replace(observed);
    tiles.replace(tiled);
    draw();
  }, 1000);

  quantities(info);
  options(byId('slice'), info.slices.map(one => [one === 'all' ? '' : one, sliceText(one)]), new URLSearchParams(location.search).get('slice') ?? '');
  byId('slice-field').hidden = info.slices.length < 2;
  byId('map-name').onchange = () => {
    quantities(info, map());
    tiles.choose(map());
    pointAgain();
    showMap();
  };
  byId('slice').onchange = () => {
    const address = new URL(location);
    if (slice()) address.searchParams.set('slice', slice());
    else address.searchParams.delete('slice');
    history.replaceState(null, '', address);
    pointAgain();
    showMap();
  };
  for (const id of ['quantity', 'min-sqrt-ts']) byId(id).onchange = showMap;
  for (const id of ['show-tiles', 'show-candidates', 'show-whole']) byId(id).onchange = draw;
  byId('point-form').onsubmit = event => {
    event.preventDefault();
    point(`/point/${encodeURIComponent(byId('ra').value.trim())},${encodeURIComponent(byId('dec').value.trim())}`);
  };
  byId('point').replaceChildren();

  const stop = listen(api('/events'), (type, body) => {
    if (type === 'observation') observations.put(body);
    if (type === 'tile-updated') tiles.put(body);
    if (type === 'reset') showLists();
    if (type !== 'observation') showMap();
    showStatus();
  }, isLive => {
    byId('link').className = isLive ? 'link live' : 'link';
    byId('link').textContent = isLive ? 'live' : 'polling every 3 seconds';
  });
  close = () => {
    isOpen = false;
    stop();
  };
  await Promise.all([showStatus(), showLists()]);
  showMap();
}

function sliceText(slice) {
  if (slice === 'all') return 'all';
  const nights = parseInt(slice, 10);
  return nights === 1 ? 'last night' : `last ${nights} nights`;
}

function quantities(info, chosen) {
  const shown = info.maps.find(one => one.name === chosen) ?? info.maps[0];
  if (!chosen) options(byId('map-name'), info.maps.map(one => [one.name, `${one.name} (${one.spatial})`]), shown.name);
  const before = byId('quantity').value;
  const names = shown.quantities.map(one => one.name);
  options(byId('quantity'), shown.quantities.map(one => [one.name, one.text]), names.includes(before) ? before : names[0]);
}

addEventListener('popstate', start);
start();
