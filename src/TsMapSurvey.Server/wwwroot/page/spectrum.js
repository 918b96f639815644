import { Plot } from './plot.js';

// E² dN/dE of the flux points, with errors; the limit where a point has less than 2 standard deviations.
export function spectrumPlot(points) {
  const made = points.map(one => {
    const factor = one.energyRefTeV ** 2;
    return { ...one, y: factor * one.dnde, error: factor * one.dndeErr, limit: factor * one.dndeUl };
  });
  const heights = made.flatMap(one => one.isUl ? [one.limit] : [one.y - one.error, one.y + one.error, one.y])
    .filter(value => Number.isFinite(value) && value > 0);
  const energies = { min: points[0].energyMinTeV, max: points.at(-1).energyMaxTeV };
  const range = heights.length ? { min: Math.min(...heights) / 1.6, max: Math.max(...heights) * 1.6 } : { min: 1e-13, max: 1e-11 };
  const plot = new Plot({ ...energies, isLog: true, title: 'Energy (TeV)' }, { ...range, isLog: true, title: 'E² dN/dE (TeV cm⁻² s⁻¹)' },
    `Spectrum: ${points.length} flux points from ${energies.min} to ${energies.max} TeV`);
  for (const one of made) {
    const level = one.isUl ? one.limit : one.y;
    if (!(level > 0)) continue;
    plot.line([[one.energyMinTeV, level], [one.energyMaxTeV, level]], 'series');
    if (one.isUl) plot.limit(one.energyRefTeV, level);
    else {
      plot.line([[one.energyRefTeV, Math.max(range.min, one.y - one.error)], [one.energyRefTeV, one.y + one.error]], 'series');
      plot.dot(one.energyRefTeV, level);
    }
  }
  return plot.element;
}
