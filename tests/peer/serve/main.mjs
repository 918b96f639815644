import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { nginxSettings } from './nginx.mjs';
import { cachedPaths } from './paths.mjs';
import { tables } from './tables.mjs';

const usage = `tests/peer/serve.sh [--rounds N] [--seconds N] [--connections N] [--streamed N] [--published FOLDER] [--out FILE.md]

  --rounds N          runs of each program, in turn (default 5)
  --seconds N         length of one run (default 5)
  --connections N     connections of wrk (default 64)
  --streamed N        observations that stream in while reads are measured (default 50)
  --published FOLDER  uses the tsmap in this folder instead of publishing it
  --out FILE          file of the tables (default tests/peer/results/PROCESSOR-serve.md)

Server, nginx and wrk share this machine. The server has its default settings; its sky is simulated. nginx serves the same bytes as files, with a process for
each core. Needs Linux, nginx and wrk.`;

const root = resolve(import.meta.dirname, '../../..');
const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '5' }, connections: { type: 'string', default: '64' },
    streamed: { type: 'string', default: '50' }, published: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' },
  },
});
if (given.help) {
  console.log(usage);
  process.exit(0);
}

const [rounds, seconds, streamed] = [Number(given.rounds), Number(given.seconds), Number(given.streamed)];
const processor = cpus()[0].model;
const work = mkdtempSync(join(tmpdir(), 'tsmap-serve-'));
const running = [];
process.on('exit', () => {
  // A killed nginx would leave its workers behind.
  for (const child of running) child.kill(child.spawnfile === 'nginx' ? 'SIGTERM' : 'SIGKILL');
  rmSync(work, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const published = given.published ?? join(work, 'published');
if (!given.published)
  execFileSync('dotnet', ['publish', join(root, 'src/TsMapSurvey.Cli'), '-c', 'Release', '--use-current-runtime', '--self-contained', 'false',
    '-p:PublishReadyToRun=true', '-o', published, '-v', 'q', '-tl:off'], { stdio: ['ignore', 'ignore', 'inherit'] });
const command = [join(published, 'tsmap.dll')];
const tsmap = (...args) => execFileSync('dotnet', [...command, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });

function start(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  running.push(child);
  child.on('exit', code => { if (code) console.error(`${program} ended with ${code}`); });
  return child;
}

async function until(what, holds) {
  for (let tries = 0; tries < 1500; tries++) {
    if (await holds().catch(() => false)) return;
    await wait(20);
  }
  throw new Error(`${what} did not happen within half a minute`);
}

const port = 20000 + process.pid % 20000;
const [ours, theirs] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`];
const survey = `${ours}/api/surveys/load`;
const stacked = async () => (await (await fetch(`${survey}/status`)).json()).stacked;

console.error('a simulated sky and a server');
const definition = join(import.meta.dirname, 'survey.json');
const first = 20;
const batches = 3 * rounds;
const pause = 100;
tsmap('simulate', '--survey', definition, '--out', join(work, 'observations'), '--observations', `${first + batches * streamed}`, '--sources', '10', '--seed', '1');
const names = readdirSync(join(work, 'observations')).filter(name => name.endsWith('.fits.gz')).sort();
const batch = index => names.slice(first + index * streamed, first + (index + 1) * streamed).map(name => join(work, 'observations', name));
const store = join(work, 'store');
start('dotnet', [...command, 'serve', '--survey', definition, '--store', store, '--urls', ours]);
await until('an answer of the server', async () => (await fetch(`${ours}/health/ready`)).ok);
tsmap('put', ...names.slice(0, first).map(name => join(work, 'observations', name)), '--store', store, '--survey', 'load');
await until('stacking', async () => await stacked() >= first);
await (await fetch(`${survey}/mosaic/sqrt_ts.fits?fresh=true&timeout=60`)).arrayBuffer();

console.error('the answers to repeat');
const kinds = await cachedPaths(ours);
for (const [kind, paths] of Object.entries(kinds)) {
  writeFileSync(join(work, `${kind}.txt`), `${paths.map(one => one.path).join('\n')}\n`);
  for (const { path, bytes } of paths) {
    const file = join(work, 'files', decodeURIComponent(path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

writeFileSync(join(work, 'nginx.conf'), nginxSettings(work, port + 1));
start('nginx', ['-c', join(work, 'nginx.conf'), '-p', work]);
for (const paths of Object.values(kinds))
  await until('an answer of nginx', async () => (await fetch(theirs + paths[0].path)).ok);

/** Requests a second, milliseconds of which 99 in 100 answers take less, and errors. */
async function load(address, kind) {
  const child = spawn('wrk', ['-t', '2', '-c', given.connections, '-d', `${seconds}s`, '-s', join(import.meta.dirname, 'paths.lua'), address],
    { env: { ...process.env, PATHS: join(work, `${kind}.txt`) }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', data => { text += data; });
  await once(child, 'exit');
  const [, rate, p99, errors] = text.match(/^RESULT (\S+) (\S+) (\d+)$/m);
  if (Number(errors)) throw new Error(`${errors} of the answers of ${address} were errors`);
  return { rate: Number(rate), p99: Number(p99) };
}

const served = [];
for (const kind of Object.keys(kinds)) await load(ours, kind);
for (let round = 1; round <= rounds; round++) {
  console.error(`reads, round ${round} of ${rounds}`);
  for (const kind of Object.keys(kinds))
    for (const [program, address] of [['tsmap', ours], ['nginx', theirs]])
      served.push({ kind, program, ...await load(address, kind) });
}

/** Seconds in which a batch of observations is stacked, from the first rename into the store. */
async function stream(index) {
  const before = await stacked();
  const began = performance.now();
  for (const file of batch(index)) renameSync(file, join(store, 'observations', basename(file)));
  await until('stacking', async () => await stacked() >= before + streamed);
  return (performance.now() - began) / 1000;
}

/** What readers of one kind of answer measure while something happens. */
async function readBeside(kind, happening) {
  const child = spawn('node', [join(import.meta.dirname, 'reader.mjs'), ours, given.connections, `${pause}`, join(work, `${kind}.txt`)],
    { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  await wait(500);
  const result = await happening();
  child.stdin.end();
  const measured = JSON.parse((await lines.next()).value);
  await ended;
  return { result, ...measured };
}

const streams = [];
for (let index = 0; index < batches; index += 3) {
  console.error(`ingestion beside reads, round ${index / 3 + 1} of ${rounds}`);
  const alone = await stream(index);
  for (const [next, kind] of Object.keys(kinds).entries()) {
    await wait(2000);
    const idle = await readBeside(kind, () => wait(seconds * 1000));
    const busy = await readBeside(kind, () => stream(index + 1 + next));
    streams.push({ kind, alone, beside: busy.result, idle: idle.p99, busy: busy.p99, rate: idle.rate });
  }

  await wait(2000);
}

const out = given.out
  ?? join(root, 'tests/peer/results', `${processor.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '')}-${cpus().length}-cores-serve.md`);
mkdirSync(dirname(out), { recursive: true });
const text = tables({ processor, cores: cpus().length, rounds, seconds, connections: given.connections, streamed, kinds, served, streams });
writeFileSync(out, text);
console.log(text);
process.exit(0);
