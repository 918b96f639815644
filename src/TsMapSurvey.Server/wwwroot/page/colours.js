import { headers } from './api.js';

const steps = 128;

// The parameters of the server's pictures: an empty choice is the quantity's own.
export function colourParameters(scale) {
  const chosen = { colormap_name: scale.colormap, stretch: scale.stretch, rescale: `${scale.min},${scale.max}` };
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
}

export function colourBar(quantity, scale) {
  return `/api/colorbar.png?${new URLSearchParams({ quantity, ...colourParameters(scale) })}`;
}

// The colours of the server's colour bar in equal steps of the value, with the stretch in them: the sky then has the colours of the legend
// and of the server's pictures, whatever the colour map.
export async function colours(quantity, scale) {
  const response = await fetch(colourBar(quantity, scale), { headers: headers() });
  if (!response.ok) return null;
  const bitmap = await createImageBitmap(await response.blob());
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [bitmap.width, 1];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  const pixels = context.getImageData(0, 0, bitmap.width, 1).data;
  return Array.from({ length: steps }, (_, i) => {
    const at = 4 * Math.round(i * (bitmap.width - 1) / (steps - 1));
    return `#${[0, 1, 2].map(part => pixels[at + part].toString(16).padStart(2, '0')).join('')}`;
  });
}
