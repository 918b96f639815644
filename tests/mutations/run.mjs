#!/usr/bin/env node
// Plants the edits of tests/mutations/edits one at a time in a copy of the tree, and checks whether the tests detect them.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readEdits } from './edits.mjs';
import { Tree } from './tree.mjs';

const USAGE = `tests/mutations/run.mjs [--area NAME]... [--id ID]... [--list] [--jobs N] [--resume] [--folder PATH]

  --area NAME    only edits of this area (a file of tests/mutations/edits); may be repeated
  --id ID        only this edit, marked as equivalent or not; may be repeated
  --list         print the edits and end
  --jobs N       copies of the tree at a time (1)
  --resume       leave out what an earlier run in this folder noticed
  --folder PATH  where the copies and results.jsonl are (a folder of this checkout's own under the temporary folder)

Ends with 0 if at least 90 % of the edits are noticed, and every one of commit, ledger, fences and keys.`;
const LEAST_NOTICED = 0.9;
const WITHOUT_SURVIVORS = ['commit', 'ledger', 'fences', 'keys'];
const NO_TESTS = 8;
const LIMIT_S = 600;

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: {
    area: { type: 'string', multiple: true }, id: { type: 'string', multiple: true }, list: { type: 'boolean' },
    jobs: { type: 'string', default: '1' }, resume: { type: 'boolean' }, folder: { type: 'string' }, help: { type: 'boolean', short: 'h' },
  },
});
const folder = options.folder ?? join(tmpdir(), `tsmap-mutations-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`);
const results = join(folder, 'results.jsonl');
const unmodified = new Map();

// The duration of a step without an edit. The step must pass, otherwise its failures with an edit mean nothing.
async function baseline(tree, step) {
  const key = nameOf(step);
  if (unmodified.has(key)) return;
  const ran = await tree.test(step, LIMIT_S);
  const ended = ran.hung ? 'no answer' : `exit code ${ran.code}`;
  if (ran.code !== 0) throw new Error(`without any edit, '${key}' ends with ${ended}: ${ran.failed ?? ''}\n${ran.output.slice(-2000)}`);
  unmodified.set(key, ran.seconds);
}

async function judge(tree, edit, projects) {
  const problem = await tree.plant(edit, projects);
  let noticed = null;
  try {
    if (problem) return { outcome: 'invalid', by: problem };
    noticed = await notice(tree, [...edit.tests, ...edit.wider]);
  } finally {
    await tree.undo(edit, projects);
  }
  if (!noticed) return { outcome: 'survived', by: '' };
  await baseline(tree, noticed.step);
  return { outcome: 'noticed', by: noticed.by };
}

async function notice(tree, steps) {
  for (const step of steps) {
    const seconds = unmodified.get(nameOf(step));
    const limitS = seconds ? 60 + 5 * seconds : LIMIT_S;
    const ran = await tree.test(step, limitS);
    if (ran.hung) return { step, by: `${step.project}: no end within ${Math.round(limitS)} s` };
    if (ran.code === NO_TESTS) throw new Error(`'${nameOf(step)}' has no tests`);
    if (ran.code !== 0) return { step, by: ran.failed ?? `${step.project}: exit code ${ran.code}` };
  }
  return null;
}

const rank = edit => (WITHOUT_SURVIVORS.includes(edit.area) ? 0 : 1);
const nameOf = step => [step.project, ...step.classes].join(' ');

async function work(tree, queue, done) {
  tree.bring();
  const projects = [...new Set(queue.flatMap(edit => [...edit.tests, ...edit.wider].map(step => step.project)))].sort();
  await tree.buildTests(projects);
  for (let edit = queue.shift(); edit; edit = queue.shift()) {
    const result = { area: edit.area, id: edit.id, ...await judge(tree, edit, projects), at: new Date().toISOString() };
    appendFileSync(results, `${JSON.stringify(result)}\n`);
    console.log(`${result.outcome.padEnd(8)}  ${edit.area}: ${edit.id}${result.by && `  (${result.by})`}`);
    done.push(result);
  }
}

function table(edits, done) {
  const outcome = new Map(done.map(result => [result.id, result]));
  let [planted, noticed, failed] = [0, 0, false];
  console.log('\narea         planted  noticed  survived  invalid  equivalent');
  for (const area of [...new Set(edits.map(edit => edit.area))]) {
    const own = edits.filter(edit => edit.area === area);
    const count = name => own.filter(edit => outcome.get(edit.id)?.outcome === name).length;
    const [seen, survived, invalid] = [count('noticed'), count('survived'), count('invalid')];
    const cells = [seen + survived, seen, survived, invalid, own.filter(edit => edit.equivalent).length];
    console.log(area.padEnd(12) + cells.map((cell, i) => String(cell).padStart([8, 9, 10, 9, 12][i])).join(''));
    [planted, noticed] = [planted + seen + survived, noticed + seen];
    failed ||= invalid > 0 || (survived > 0 && WITHOUT_SURVIVORS.includes(area));
  }
  for (const { area, id } of done.filter(one => one.outcome === 'survived'))
    console.log(`survived: ${area}: ${id}: ${edits.find(edit => edit.id === id).breaks}`);
  for (const { area, id, by } of done.filter(one => one.outcome === 'invalid')) console.log(`invalid: ${area}: ${id}\n${by}`);
  console.log(`\n${noticed} of ${planted} noticed (${planted ? (100 * noticed / planted).toFixed(1) : 0} %)`);
  return !failed && planted > 0 && noticed >= LEAST_NOTICED * planted;
}

if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
const isWanted = edit => (!options.area || options.area.includes(edit.area)) && (!options.id || options.id.includes(edit.id));
const edits = readEdits(root).filter(isWanted);
if (options.list) {
  const reason = edit => edit.equivalent && ` (equivalent: ${edit.equivalent})`;
  for (const edit of edits) console.log(`${edit.area}: ${edit.id}: ${edit.breaks}${reason(edit)}`);
  process.exit(0);
}
mkdirSync(folder, { recursive: true });
const lines = options.resume && existsSync(results) ? readFileSync(results, 'utf8').split('\n').filter(Boolean) : [];
const earlier = lines.map(line => JSON.parse(line));
if (!options.resume) rmSync(results, { force: true });
const done = earlier.filter(result => result.outcome === 'noticed' && edits.some(edit => edit.id === result.id));
const queue = edits.filter(edit => (!edit.equivalent || options.id) && !done.some(result => result.id === edit.id))
  .sort((a, b) => rank(a) - rank(b) || a.file.localeCompare(b.file));
const trees = Array.from({ length: Number(options.jobs) }, (_, i) => new Tree(root, join(folder, i ? `tree${i}` : 'tree')));
await Promise.all(trees.map(tree => work(tree, queue, done)));
console.log(`results: ${results}`);
process.exit(table(edits, done) ? 0 : 1);
