import { Plot } from './plot.js';

const highest = 9;

// The rise of the fit statistic over its minimum against the flux, up to 3 standard deviations; a line marks one.
export function profilePlot(profile) {
  const points = profile.fluxes.map((flux, i) => [flux, profile.deltaStat[i]]).filter(([, rise]) => rise <= highest + 1e-9);
  const [min, max] = [Math.min(...points.map(([flux]) => flux)), Math.max(...points.map(([flux]) => flux))];
  const plot = new Plot({ min, max, title: 'Flux (cm⁻² s⁻¹)' }, { min: 0, max: highest, title: 'Δ statistic' },
    'Likelihood profile: rise of the fit statistic against the flux');
  plot.line([[min, 1], [max, 1]], 'hint');
  plot.line(points, 'series');
  return plot.element;
}
