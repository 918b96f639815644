import { byId, element } from './dom.js';
import { colourBar } from './colours.js';
import { number, ticks } from './format.js';

export function showLegend(text, quantity, scale) {
  const bar = byId('legend-bar');
  bar.src = colourBar(quantity, scale);
  bar.alt = `colours from ${number(scale.min)} to ${number(scale.max)}`;
  bar.hidden = false;
  byId('legend-text').textContent = text;
  byId('legend-ticks').replaceChildren(...ticks(scale.min, scale.max).map(tick => {
    const made = element('span', {}, number(tick));
    made.style.left = `${100 * (tick - scale.min) / (scale.max - scale.min)}%`;
    return made;
  }));
}

export function hideLegend() {
  byId('legend-bar').hidden = true;
  byId('legend-ticks').replaceChildren();
  byId('legend-text').textContent = '';
}
