import { headers } from './api.js';
import { cellOf, nested } from './healpix.js';

const mostTiles = 12;
const lightSpeed = 299792458;
const teVPerHz = 4.135667696923859e-27;
const block = 2880;

// The edge of a frequency cell of an order in TeV (IVOA MOC: from 1e-18 Hz in cells of equal logarithmic width).
const edge = (order, index) => 10 ** (56 * index / 2 ** (order + 1) - 18) * teVPerHz;
const placeOf = (order, hz) => (Math.log10(hz) + 18) / 56 * 2 ** (order + 1);

// One version of a HiPS cube: the values of a position by energy, from its tiles, of which some are kept.
export class Cube {
  #root;
  #grid;
  #tiles = new Map();

  constructor(root, grid) {
    [this.#root, this.#grid] = [root, grid];
  }

  // The newest version; null if there is none.
  static async open(root) {
    const answer = await fetch(`${root}/properties`, { headers: headers(), cache: 'no-cache' });
    if (!answer.ok) return null;
    const lines = Object.fromEntries((await answer.text()).split('\n').map(line => line.split(' = ').map(part => part.trim())));
    const version = /"([^"]+)-properties"/.exec(answer.headers.get('ETag') ?? '')?.[1];
    const [depth, width, order] = [Number(lines.hips_tile_depth), Number(lines.hips_tile_width), Number(lines.hips_order)];
    const frequencyOrder = Number(lines.hips_order_axis2);
    const cells = frequencyOrder + Math.log2(depth);
    const [first, end] = [lines.em_max, lines.em_min].map(metres => Math.round(placeOf(cells, lightSpeed / Number(metres))));
    return new Cube(version ? `${root}/v/${version}` : root, { order, width, depth, frequencyOrder, cells, first, end });
  }

  get edgesTeV() {
    const { cells, first, end } = this.#grid;
    return Array.from({ length: end - first + 1 }, (_, i) => edge(cells, first + i));
  }

  // The values by energy, from the lowest; null where there are no data.
  async at(ra, dec) {
    const { order, width, depth, first, end } = this.#grid;
    const bits = Math.log2(width);
    const { face, x, y } = cellOf(ra, dec, order + bits);
    const index = nested({ face, x: Math.floor(x / width), y: Math.floor(y / width) }, order);
    const tiles = [];
    for (let number = Math.floor(first / depth); number * depth < end; number++) tiles.push(this.#tile(index, number));
    const loaded = await Promise.all(tiles);
    if (loaded.some(tile => !tile)) return null;
    const place = (width - 1 - x % width) * width + y % width;
    const values = Array.from({ length: end - first }, (_, i) => {
      const tile = loaded[Math.floor((first + i) / depth) - Math.floor(first / depth)];
      return tile.getFloat32(4 * ((first + i) % depth * width * width + place));
    });
    return values.some(Number.isFinite) ? values : null;
  }

  #tile(index, number) {
    const { order, frequencyOrder } = this.#grid;
    const folder = `Norder${order}_${frequencyOrder}/Dir${index - index % 10000}_${number - number % 10}`;
    const path = `${this.#root}/${folder}/Npix${index}_${number}.fits`;
    const tile = this.#tiles.get(path) ?? load(path);
    this.#tiles.delete(path);
    this.#tiles.set(path, tile);
    if (this.#tiles.size > mostTiles) this.#tiles.delete(this.#tiles.keys().next().value);
    return tile;
  }
}

// The pixels of a FITS file, big-endian floats; null if there is no such tile.
async function load(path) {
  const answer = await fetch(path, { headers: headers() });
  if (!answer.ok) return null;
  const bytes = await answer.arrayBuffer();
  const text = new TextDecoder('latin1');
  for (let card = 0; card + 80 <= bytes.byteLength; card += 80)
    if (text.decode(new Uint8Array(bytes, card, 8)) === 'END     ') return new DataView(bytes, (Math.floor(card / block) + 1) * block);
  return null;
}
