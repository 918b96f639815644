import { byId } from './dom.js';
import { key } from './api.js';

// The page's dialogs: the key for changes, and the list of shortcuts.
export function setUpDialogs(changed) {
  for (const dialog of document.querySelectorAll('dialog'))
    for (const button of dialog.querySelectorAll('[data-close]')) button.onclick = () => dialog.close();
  const say = () => {
    byId('open-key').textContent = key.get() ? 'Key ✓' : 'Key';
  };
  byId('open-key').onclick = () => {
    byId('key').value = key.get();
    byId('key-dialog').showModal();
  };
  byId('key-form').onsubmit = event => {
    event.preventDefault();
    key.set(byId('key').value.trim());
    byId('key-dialog').close();
    say();
    changed();
  };
  byId('forget-key').onclick = () => {
    key.set('');
    byId('key-dialog').close();
    say();
    changed();
  };
  byId('open-help').onclick = () => byId('help').showModal();
  say();
}
