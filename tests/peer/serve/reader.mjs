import http from 'node:http';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Reads the paths in a file in turn over several connections, each of which pauses between requests, until its input ends: as dashboards do, and not as fast as
 * the machine can. Prints the requests a second and the milliseconds of which 99 in 100 answers take less. Arguments: address, connections, pause in
 * milliseconds, file.
 */
const [address, connections, pause, file] = process.argv.slice(2);
const paths = readFileSync(file, 'utf8').trim().split('\n');
const times = [];
let going = true;
let next = 0;

function read(agent, path) {
  const began = performance.now();
  return new Promise((done, failed) => {
    http.get(address + path, { agent }, answer => {
      if (answer.statusCode !== 200) failed(new Error(`${path}: ${answer.statusCode}`));
      answer.on('data', () => {}).on('end', () => { done(performance.now() - began); });
    }).on('error', failed);
  });
}

async function client(index) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  await wait(index / connections * pause);
  while (going) {
    times.push(await read(agent, paths[next++ % paths.length]));
    await wait(Number(pause));
  }
  agent.destroy();
}

for (const path of paths) await read(new http.Agent(), path);
console.log('ready');
process.stdin.on('data', () => {}).on('end', () => { going = false; });
const began = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, (_, index) => client(index)));
const seconds = (performance.now() - began) / 1000;
times.sort((one, other) => one - other);
console.log(JSON.stringify({ rate: times.length / seconds, p99: times[Math.floor(times.length * 0.99)] }));
