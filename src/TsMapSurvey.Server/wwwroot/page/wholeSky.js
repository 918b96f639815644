import { toGalactic, toIcrs } from './frames.js';

const radians = Math.PI / 180;

// The server's image of the whole sky, which a survey has whose tiles have no common pixel grid: Hammer and Aitoff's projection in the survey's
// frame, longitude 0 in the middle and growing to the left. Places are in pixels from the image's bottom left corner.
export class WholeSky {
  width = 1300;
  height = 650;
  #degrees = 0.25;
  #frame;

  constructor(frame) {
    this.#frame = frame;
  }

  place(ra, dec) {
    const [lon, lat] = this.#frame === 'galactic' ? toGalactic(ra, dec) : [ra, dec];
    const half = (((lon + 180) % 360 + 360) % 360 - 180) / 2 * radians;
    const stretch = Math.sqrt(2 / (1 + Math.cos(lat * radians) * Math.cos(half))) / radians / this.#degrees;
    return [this.width / 2 - 2 * stretch * Math.cos(lat * radians) * Math.sin(half), this.height / 2 + stretch * Math.sin(lat * radians)];
  }

  // Right ascension and declination; null outside the sky.
  position(x, y) {
    const [across, up] = [(this.width / 2 - x) * this.#degrees * radians, (y - this.height / 2) * this.#degrees * radians];
    const square = 1 - (across / 4) ** 2 - (up / 2) ** 2;
    if (square < 0.5) return null;
    const depth = Math.sqrt(square);
    const lon = 2 * Math.atan2(depth * across, 2 * (2 * square - 1)) / radians;
    const lat = Math.asin(Math.max(-1, Math.min(1, up * depth))) / radians;
    return this.#frame === 'galactic' ? toIcrs(lon, lat) : [(lon + 360) % 360, lat];
  }
}
