// Reads the lists of edits, one text file for each area; their format is in README.md.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export function readEdits(root) {
  const folder = join(root, 'tests/mutations/edits');
  const edits = readdirSync(folder).filter(file => file.endsWith('.txt')).sort().flatMap(file => readArea(root, folder, file));
  const twice = edits.find((edit, i) => edits.findIndex(other => other.id === edit.id) !== i);
  if (twice) throw new Error(`${twice.place}: the id ${twice.id} occurs twice`);
  return edits;
}

function readArea(root, folder, file) {
  const area = file.slice(0, -'.txt'.length);
  const edits = [];
  let wider = [];
  let edit = null;
  readFileSync(join(folder, file), 'utf8').split('\n').forEach((line, i) => {
    const place = `tests/mutations/edits/${file}:${i + 1}`;
    const [word, rest] = [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)];
    if (line.trim() === '' || line.startsWith('//')) return;
    if (word === '#') {
      edit = { area, id: rest.trim(), place, breaks: '', file: '', tests: [], wider, old: [], now: [], equivalent: '' };
      edits.push(edit);
    }
    else if (word === 'wider' && !edit) wider = steps(rest);
    else if (!edit) throw new Error(`${place}: found '${line}' before the first edit`);
    else if (word === 'in') edit.file = rest.trim();
    else if (word === 'tests') edit.tests = steps(rest);
    else if (word === 'equivalent') edit.equivalent = rest.trim();
    else if (word === '-') edit.old.push(rest);
    else if (word === '+') edit.now.push(rest);
    else edit.breaks = `${edit.breaks} ${line}`.trim();
  });
  return edits.map(one => checked(root, { ...one, old: one.old.join('\n'), now: one.now.join('\n') }));
}

// "Storage *TileStoreTests*; Grains *TileStackTests* *ReplaceTests*": one step for each project, with the test classes to run (none: all).
function steps(text) {
  return text.split(';').map(step => step.trim().split(/\s+/)).filter(words => words[0])
    .map(([project, ...classes]) => ({ project: `TsMapSurvey.${project}.Tests`, classes }));
}

function checked(root, edit) {
  const text = readFileSync(join(root, edit.file), 'utf8');
  const count = edit.old ? text.split(edit.old).length - 1 : 0;
  if (count !== 1)
    throw new Error(`${edit.place}: the list is stale: the old text of ${edit.id} occurs ${count} times in ${edit.file}, expected once`);
  if (edit.old === edit.now) throw new Error(`${edit.place}: ${edit.id} changes nothing`);
  if (edit.tests.length + edit.wider.length === 0) throw new Error(`${edit.place}: ${edit.id} names no tests`);
  return edit;
}
