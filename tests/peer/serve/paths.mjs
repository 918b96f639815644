const most = 200;

/** The paths of HiPS tiles and of points that are requested again and again, with the bytes of their answers. */
export async function cachedPaths(address) {
  const get = async path => {
    const answer = await fetch(address + path);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return { path, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  return { tiles: await tiles(get), points: await points(get) };
}

/** All tiles of all HiPS of the survey at today's version, as pages read them, each found from order 0 downwards. */
async function tiles(get) {
  const found = [];
  for (const [, hips] of (await get('/hipslist')).bytes.toString().matchAll(/^hips_service_url *= *https?:\/\/[^/]*(\S+)/mg)) {
    const properties = (await get(`${hips}/properties`)).bytes.toString();
    const deepest = Number(properties.match(/^hips_order *= *(\d+)/m)[1]);
    const version = properties.match(/, version (\S+)/)[1];
    let cells = Array.from({ length: 12 }, (_, index) => index);
    for (let order = 0; order <= deepest; order++) {
      const parents = [];
      for (const cell of cells) {
        const tile = await get(`${hips}/v/${version}/Norder${order}/Dir${Math.floor(cell / 10000) * 10000}/Npix${cell}.png`);
        if (!tile) continue;
        parents.push(cell);
        found.push(tile);
      }
      cells = parents.flatMap(cell => [0, 1, 2, 3].map(child => 4 * cell + child));
    }
  }
  return found.slice(-most);
}

/** Positions on a grid around the middle of the survey, in its own frame converted by the server. */
async function points(get) {
  const found = [];
  for (let index = 0; found.length < most; index++) {
    const [ra, dec] = [252 + index % 20 * 0.1, -46 + Math.floor(index / 20) * 0.1];
    const point = await get(`/api/surveys/load/point/${ra.toFixed(2)},${dec.toFixed(2)}`);
    if (point) found.push(point);
    if (index > 1000) throw new Error('too few positions are in the survey');
  }
  return found;
}
