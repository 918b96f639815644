const radians = Math.PI / 180;

// The HEALPix cell that contains a position (ICRS, degrees): its base cell, and its place (x, y) in it, x towards the north-east and y
// towards the north-west (Gorski et al. 2005, section 5; a test compares with the library's, Sky/Healpix).
export function cellOf(ra, dec, order) {
  const side = 2 ** order;
  const z = Math.sin(dec * radians);
  const quarter = ((ra / 90) % 4 + 4) % 4;
  const inside = value => Math.min(side - 1, Math.max(0, Math.floor(value)));
  if (Math.abs(z) <= 2 / 3) {
    const [middle, height] = [side * (0.5 + quarter), side * z * 0.75];
    const [rising, falling] = [Math.floor(middle - height), Math.floor(middle + height)];
    const [up, down] = [Math.floor(rising / side), Math.floor(falling / side)];
    const face = up === down ? up % 4 + 4 : up < down ? up % 4 : down % 4 + 8;
    return { face, x: falling % side, y: side - rising % side - 1 };
  }
  const corner = Math.min(3, Math.floor(quarter));
  const across = quarter - corner;
  // 1 - |z| from the half angle to the pole, which is exact near it.
  const toPole = side * Math.sqrt(6) * Math.sin((90 - Math.abs(dec)) * radians / 2);
  const [left, right] = [inside(across * toPole), inside((1 - across) * toPole)];
  return z > 0 ? { face: corner, x: side - right - 1, y: side - left - 1 } : { face: corner + 8, x: left, y: right };
}

// The number of a cell in the nested scheme, up to order 24.
export function nested({ face, x, y }, order) {
  let index = face;
  for (let bit = order - 1; bit >= 0; bit--) index = 4 * index + (Math.floor(x / 2 ** bit) % 2) + 2 * (Math.floor(y / 2 ** bit) % 2);
  return index;
}
