const ofHips = ['sqrt_ts', 'flux', 'flux_ul', 'counts', 'excess', 'exposure', 'background'];

// The picture that is chosen: a quantity of a map in an energy band and a slice of time.
export function layerOf(info, screen) {
  const map = info.maps.find(one => one.name === screen.get('map')) ?? info.maps[0];
  const quantity = map.quantities.find(one => one.name === screen.get('quantity')) ?? map.quantities[0];
  const bands = bandsOf(map);
  const energy = quantity.ofStack ? 0 : Math.min(bands.length - 1, Math.max(0, Math.trunc(Number(screen.get('energy'))) || 0));
  const slice = info.slices.includes(screen.get('slice')) ? screen.get('slice') : 'all';
  const name = `${map.name}-${quantity.name}${bands.length > 1 ? `-${bands[energy].name}` : ''}`;
  return {
    survey: info.name, map, quantity, bands, energy, slice, name,
    hips: hasHips(quantity, slice, bands) ? `/hips/${encodeURIComponent(info.name)}/${name}` : null,
    parameters: { map: map.name, energy: quantity.ofStack || energy === 0 ? undefined : energy, slice: slice === 'all' ? undefined : slice },
    pointParameters: { map: map.name, energy: energy || undefined, slice: slice === 'all' ? undefined : slice },
  };
}

// A survey's HiPS are of all nights; what is summed over energies has one only where the map has one band.
function hasHips(quantity, slice, bands) {
  return ofHips.includes(quantity.name) && slice === 'all' && (bands.length === 1 || !quantity.ofStack);
}

// With as many digits as it takes to tell the edges apart, as in the names of the server's layers.
function bandsOf(map) {
  const edges = map.energyEdgesTeV;
  for (let digits = 3; ; digits++) {
    const texts = edges.map(edge => String(Number(edge.toPrecision(digits))));
    if (new Set(texts).size < texts.length && digits < 15) continue;
    return texts.slice(1).map((high, i) => ({ name: `${texts[i]}-${high}TeV`, text: `${texts[i]} to ${high} TeV` }));
  }
}

export function sliceText(slice) {
  if (slice === 'all') return 'all';
  const nights = parseInt(slice, 10);
  return nights === 1 ? 'last night' : `last ${nights} nights`;
}
