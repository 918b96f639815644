import { get } from './api.js';
import { Dashboard } from './dashboard.js';
import { setUpDialogs } from './dialogs.js';
import { byId, options } from './dom.js';
import { Screen } from './screen.js';
import { setUpTheme } from './theme.js';

const screen = new Screen();
let shown = null;

function fault(text) {
  byId('fault').textContent = text ?? '';
  byId('fault').hidden = !text;
}

async function start() {
  const { value: surveys, problem } = await get('/api/surveys');
  fault(problem);
  const wanted = /^\/surveys\/([^/]+)/.exec(location.pathname)?.[1];
  const name = wanted ? decodeURIComponent(wanted) : surveys?.[0]?.survey;
  options(byId('survey'), (surveys ?? []).map(one => [one.survey, one.survey]), name);
  byId('survey').onchange = () => {
    history.pushState(null, '', `/surveys/${encodeURIComponent(byId('survey').value)}`);
    screen.read();
    open(byId('survey').value);
  };
  byId('empty').hidden = Boolean(name) || Boolean(problem);
  if (name) await open(name);
  else if (!problem) setTimeout(start, 3000);
}

async function open(name) {
  shown?.close();
  shown = null;
  const { value: info, problem } = await get(`/api/surveys/${encodeURIComponent(name)}/info`);
  fault(problem);
  byId('link').hidden = document.querySelector('main').hidden = !info;
  byId('open-recipes').disabled = !info;
  if (!info) return;
  document.title = `${name} · TsMapSurvey`;
  shown = new Dashboard(info, screen);
  await shown.open();
}

setUpTheme();
// A survey that is open goes on, with the new key.
setUpDialogs(() => {
  if (!shown) start();
});
addEventListener('popstate', () => {
  screen.read();
  start();
});
start();
