import { byId } from './dom.js';

const name = 'tsmap-theme';
const kinds = ['auto', 'light', 'dark'];

// Light, dark, or as the system says. Only a choice is remembered.
export function setUpTheme() {
  let kind = kinds.includes(localStorage.getItem(name)) ? localStorage.getItem(name) : 'auto';
  const apply = () => {
    if (kind === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = kind;
    byId('theme').textContent = `Theme: ${kind}`;
  };
  byId('theme').onclick = () => {
    kind = kinds[(kinds.indexOf(kind) + 1) % kinds.length];
    if (kind === 'auto') localStorage.removeItem(name);
    else localStorage.setItem(name, kind);
    apply();
  };
  apply();
}
