import { byId, element } from './dom.js';
import { count, fixed } from './format.js';

const maxCells = 1500;

// The tiles in their positions on the sky, north up: the area with data, or a list if that area is large or the tiling has no columns and rows.
export class Tiles {
  #tiles = new Map();
  #info;
  #isNew = new Set();
  #map;

  constructor(info) {
    this.#info = info;
    this.#map = info.maps[0].name;
  }

  // Chooses the map whose state is shown.
  choose(map) {
    this.#map = map;
    this.show();
  }

  // The tiles with counts; all tiles if none has any.
  get withCounts() {
    const some = this.all.filter(tile => tile.counts > 0);
    return some.length ? some : this.all;
  }

  get all() {
    return [...this.#tiles.values()];
  }

  replace(tiles) {
    for (const tile of tiles) this.#store(tile);
    this.show();
  }

  put(tile) {
    this.#store(tile);
    this.show();
  }

  #store(tile) {
    const known = this.#tiles.get(tile.tile);
    if (known && known.revision !== tile.revision) this.#isNew.add(tile.tile);
    this.#tiles.set(tile.tile, tile);
  }

  show() {
    const { tileColumns, tileRows, tilePixels } = this.#info;
    const cells = [];
    const [columns, rows] = ['x', 'y'].map(side => tileColumns ? this.all.map(tile => tile[side] / tilePixels) : []);
    const [west, east, south, north] = [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
    const isSky = columns.length > 0 && (east - west + 1) * (north - south + 1) <= maxCells;
    if (isSky)
      for (let row = north; row >= south; row--)
        for (let column = west; column <= east; column++) {
          const name = `x${String(column).padStart(3, '0')}y${String(row).padStart(3, '0')}`;
          cells.push(this.#cell(name, this.#tiles.get(name)));
        }
    else for (const tile of this.all) cells.push(this.#cell(tile.tile, tile));
    const grid = element('div', { className: 'grid' }, ...cells);
    grid.style.gridTemplateColumns = `repeat(${isSky ? east - west + 1 : 12}, 1fr)`;
    byId('tiles').replaceChildren(grid);
    const stale = this.all.filter(tile => this.#isStale(tile)).length;
    const whole = tileColumns ? ` of ${count(tileColumns * tileRows)} have data, ${tilePixels} × ${tilePixels} pixels each` : ' have data';
    byId('tiles-note').textContent = `${count(this.#tiles.size)}${whole}${stale ? `; ${count(stale)} with an outdated map ${this.#map}` : ''}`;
    this.#isNew.clear();
  }

  #mapOf(tile) {
    return tile.maps.find(one => one.map === this.#map);
  }

  #isStale(tile) {
    return this.#mapOf(tile)?.stale ?? true;
  }

  #cell(name, tile) {
    if (!tile) return element('div', { className: 'tile' }, element('b', {}, name), 'no data');
    const kind = tile.fault ? 'fault-here' : this.#isStale(tile) ? 'stale' : 'fresh';
    const peak = typeof this.#mapOf(tile)?.maxSqrtTs === 'number' ? ` · ${fixed(this.#mapOf(tile).maxSqrtTs, 1)}σ` : '';
    return element('div', { className: `tile ${kind} ${this.#isNew.has(name) ? 'new' : ''}`, title: tile.fault ?? `revision ${tile.revision}, ${tile.observations} observations` },
      element('b', {}, name), `r${tile.revision} · ${tile.observations} obs${peak}`);
  }
}
