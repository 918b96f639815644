// Positions: degrees, ICRS unless a name says galactic. The rows are the axes of the galactic frame in ICRS, as astropy defines it (a test
// compares them with the library's, Sky/FrameRotation.cs).
const galactic = [
  [-0.05487565771259219, -0.8734370519556163, -0.48383507361671535],
  [0.49410943719272665, -0.4448297212232957, 0.7469821839866677],
  [-0.8676661375596585, -0.19807633727300056, 0.45598381368730206],
];
const radians = Math.PI / 180;

export const frames = { icrs: 'ICRS', galactic: 'Galactic' };

export function toGalactic(ra, dec) {
  return rotate(ra, dec, (row, column) => galactic[row][column]);
}

export function toIcrs(lon, lat) {
  return rotate(lon, lat, (row, column) => galactic[column][row]);
}

export function separation(ra, dec, otherRa, otherDec) {
  const [a, b] = [vector(ra, dec), vector(otherRa, otherDec)];
  const cross = Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
  return Math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / radians;
}

// Two angles in degrees, or sexagesimal ones (right ascension in hours); null if the text is something else.
export function parsePosition(text, frame) {
  const parts = text.trim().replaceAll('\u2212', '-').split(/\s*,\s*|\s+(?=[+-])/);
  const pair = parts.length === 2 ? parts : halves(text);
  if (!pair) return null;
  const isHours = frame === 'icrs' && /[:h]|\d\s+\d/.test(pair[0]);
  const [lon, lat] = [angle(pair[0]), angle(pair[1])];
  if (lon === null || lat === null || Math.abs(lat) > 90) return null;
  const degrees = isHours ? lon * 15 : lon;
  if (degrees < -360 || degrees > 360) return null;
  return frame === 'galactic' ? toIcrs(degrees, lat) : [(degrees + 360) % 360, lat];
}

export function positionText(ra, dec, frame, digits = 4) {
  const [lon, lat] = frame === 'galactic' ? toGalactic(ra, dec) : [ra, dec];
  return `${lon.toFixed(digits)} ${lat < 0 ? '\u2212' : '+'}${Math.abs(lat).toFixed(digits)}`;
}

function halves(text) {
  const words = text.trim().replaceAll('\u2212', '-').split(/\s+/);
  if (words.length % 2) return null;
  return [words.slice(0, words.length / 2).join(' '), words.slice(words.length / 2).join(' ')];
}

function angle(text) {
  const parts = text.trim().split(/[:hdms°'"\s]+/).filter(part => part !== '');
  if (parts.length < 1 || parts.length > 3 || parts.some(part => !/^[+-]?\d+(\.\d*)?$/.test(part))) return null;
  const size = parts.reduce((sum, part, i) => sum + Math.abs(Number(part)) / 60 ** i, 0);
  return text.trim().startsWith('-') ? -size : size;
}

function vector(lon, lat) {
  return [Math.cos(lat * radians) * Math.cos(lon * radians), Math.cos(lat * radians) * Math.sin(lon * radians), Math.sin(lat * radians)];
}

function rotate(lon, lat, element) {
  const from = vector(lon, lat);
  const [x, y, z] = [0, 1, 2].map(row => from.reduce((sum, value, column) => sum + value * element(row, column), 0));
  return [(Math.atan2(y, x) / radians + 360) % 360, Math.atan2(z, Math.hypot(x, y)) / radians];
}

// Centre and width in degrees of a view that has all these tiles; the whole sky if there are none.
export function extentOf(tiles) {
  if (!tiles.length) return [0, 0, 180];
  const sum = tiles.map(one => vector(one.ra, one.dec)).reduce((a, b) => a.map((part, i) => part + b[i]));
  const [lon, lat] = [(Math.atan2(sum[1], sum[0]) / radians + 360) % 360, Math.atan2(sum[2], Math.hypot(sum[0], sum[1])) / radians];
  const far = Math.max(...tiles.map(one => separation(lon, lat, one.ra, one.dec)));
  const between = tiles.flatMap((one, i) => tiles.slice(i + 1, i + 30).map(other => separation(one.ra, one.dec, other.ra, other.dec)));
  const side = between.length ? Math.min(...between) : 5;
  return [lon, lat, Math.min(180, 2 * far + 1.3 * side)];
}
