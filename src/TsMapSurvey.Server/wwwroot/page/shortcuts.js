import { byId } from './dom.js';

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// Keys of the whole page, except while a text is typed or a dialog is open; arrows, + and - only while the map has the focus.
export function setUpShortcuts(actions) {
  document.onkeydown = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.target.closest('input, select, textarea, [contenteditable]')) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  byId('frame').onkeydown = event => {
    const viewer = actions.viewer();
    if (!viewer || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    if (arrow && viewer.isSky) viewer.pan(...arrow.map(part => part * (event.shiftKey ? 0.5 : 0.1)));
    else if (arrow) viewer.step(...arrow.map(part => part * (event.shiftKey ? 10 : 1)));
    else if (event.key === '+' || event.key === '=') viewer.zoom(0.7);
    else if (event.key === '-') viewer.zoom(1.4);
    else if (event.key === 'Enter') viewer.pickCentre();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
