const raised = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';
const minus = text => text.replace('-', '\u2212');

export const missing = '\u2013';

export function fixed(value, digits) {
  return typeof value === 'number' ? minus(value.toFixed(digits)) : missing;
}

export function number(value, digits = 3) {
  if (typeof value !== 'number') return missing;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa, power] = value.toExponential(digits - 1).split('e');
    return `${minus(mantissa)}\u00d710${[...String(Number(power))].map(c => c === '-' ? '\u207b' : raised[Number(c)]).join('')}`;
  }
  return minus(String(Number(value.toPrecision(digits))));
}

export function withError(value, error) {
  return typeof error === 'number' ? `${number(value)} \u00b1 ${number(error, 2)}` : number(value);
}

// The time in UTC; with its date unless that is today.
export function clock(time) {
  if (!time) return missing;
  const text = new Date(time).toISOString();
  const isToday = text.slice(0, 10) === new Date().toISOString().slice(0, 10);
  return isToday ? `${text.slice(11, 19)} UTC` : `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

export function seconds(value) {
  if (!Number.isFinite(value)) return missing;
  if (value >= 120) return `${(value / 60).toFixed(value < 600 ? 1 : 0)} min`;
  return value < 1 ? `${Math.round(1000 * value)} ms` : `${value.toFixed(value < 10 ? 1 : 0)} s`;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[sorted.length >> 1] : NaN;
}

// The nights of a slice; empty for all observations.
export function nights(answer) {
  return answer.windowStart ? `; nights from ${minute(answer.windowStart)} to ${minute(answer.windowEnd)} UTC` : '';
}

function minute(time) {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

export function count(value) {
  return typeof value === 'number' ? value.toLocaleString('en') : missing;
}

// Round values from min to max.
export function ticks(min, max, count = 8) {
  const rough = (max - min) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough);
  const found = [];
  for (let k = Math.ceil(min / step); k * step <= max; k++) found.push(k * step);
  return found;
}
