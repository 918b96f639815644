import { byId, element } from './dom.js';
import { fixed, missing, nights, number, withError } from './format.js';
import { positionText } from './frames.js';
import { profilePlot } from './profile.js';
import { spectrumPlot } from './spectrum.js';

// The panel of a position: its numbers, then what takes the server longer.
export function showPoint(point, problem) {
  byId('point-more').replaceChildren();
  if (!point) {
    byId('point').replaceChildren(element('p', { className: 'note' }, problem ?? 'no map yet'));
    return;
  }
  const confidence = point.confidence ? ` at ${(100 * point.confidence).toFixed(0)} %` : '';
  const main = [
    ['√TS', fixed(point.sqrtTs, 2)], ['Flux (cm⁻² s⁻¹)', withError(point.flux, point.fluxErr)],
    [`Upper limit${confidence} (cm⁻² s⁻¹)`, number(point.fluxUl)],
  ];
  const rest = [
    ['RA, Dec (ICRS)', positionText(point.ra, point.dec, 'icrs')], ['Galactic l, b', positionText(point.ra, point.dec, 'galactic')],
    ['TS', number(point.ts)], ['Norm', withError(point.norm, point.normErr)],
    ['Energy', `${number(point.energyMinTeV)} to ${number(point.energyMaxTeV)} TeV`],
    ['Counts, background in the pixel', `${number(point.counts)}, ${number(point.background)}`],
    ...typeof point.kernelCounts === 'number'
      ? [['Counts, background under the kernel', `${number(point.kernelCounts)}, ${number(point.kernelBackground)}`]] : [],
    ['Exposure (m² s)', number(point.exposure)],
    ['Tile, revision', `${point.tile ?? missing}, ${point.revision}${point.stale ? ' (a newer map is being computed)' : ''}`],
    ...point.windowStart ? [['Time', `${point.slice}${nights(point)}`]] : [],
    ['Fit', point.status.length ? point.status.join(', ') : point.reason ?? point.state ?? missing],
  ];
  byId('point').replaceChildren(list('main-values', main), list('', rest));
}

// Spectrum, likelihood profile and observations; a part that the server does not have is left out.
export function showMore({ spectrum, profile, assets, isMore }) {
  const parts = [];
  if (spectrum?.length) parts.push(figure('Spectrum', spectrumPlot(spectrum)));
  if (profile?.nSigma?.length) parts.push(figure('Likelihood profile', profilePlot(profile)));
  if (assets) parts.push(observations(assets, isMore));
  byId('point-more').replaceChildren(...parts);
}

function list(kind, entries) {
  return element('dl', { className: kind }, ...entries.map(([term, text]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, text))));
}

function figure(title, plot) {
  return element('figure', {}, element('figcaption', {}, title), plot);
}

function observations(assets, isMore) {
  const items = assets.map(one => element('li', {}, element('a', { href: one.link }, one.name),
    one.start ? `, ${new Date(one.start).toISOString().slice(0, 16).replace('T', ' ')} UTC` : '',
    typeof one.exposure === 'number' ? `, ${number(one.exposure)} m² s` : ''));
  const title = `${assets.length}${isMore ? ' or more' : ''} contributing observation${assets.length === 1 && !isMore ? '' : 's'}`;
  return element('details', {}, element('summary', {}, title), element('ul', {}, ...items));
}
