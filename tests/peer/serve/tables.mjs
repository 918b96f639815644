const median = values => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const kilobytes = paths => (paths.reduce((sum, one) => sum + one.bytes.length, 0) / paths.length / 1000).toFixed(1);

/** Everything measured, as Markdown. */
export function tables({ processor, cores, rounds, seconds, connections, streamed, kinds, served, streams }) {
  const of = (kind, program, figure) => median(served.filter(one => one.kind === kind && one.program === program).map(one => one[figure]));
  const rows = Object.entries(kinds).map(([kind, paths]) => {
    const [rate, p99] = ['rate', 'p99'].map(figure => ['tsmap', 'nginx'].map(program => of(kind, program, figure)));
    return `| ${kind}: ${paths.length}, ${kilobytes(paths)} kB each | ${rate.map(one => one.toFixed(0)).join(' | ')} | ${(rate[0] / rate[1]).toFixed(2)} | `
      + `${p99.map(one => one.toFixed(1)).join(' | ')} | ${(p99[0] / p99[1]).toFixed(1)} |`;
  });
  const beside = Object.keys(kinds).map(kind => {
    const own = streams.filter(one => one.kind === kind);
    const of = figure => median(own.map(figure));
    return `| ${kind} | ${of(one => one.rate).toFixed(0)} | ${of(one => one.idle).toFixed(1)} | ${of(one => one.busy).toFixed(1)} | `
      + `${of(one => one.busy / one.idle).toFixed(1)} | ${of(one => one.alone).toFixed(2)} | ${of(one => one.beside).toFixed(2)} | `
      + `${((of(one => one.beside / one.alone) - 1) * 100).toFixed(0)} % |`;
  });
  return `# Requests: nginx and tsmap on ${processor}, ${cores} cores

Medians of ${rounds} rounds in turn (\`tests/peer/serve.sh\`): ${seconds} seconds each, ${connections} connections; server, nginx and wrk share the machine.

| cached answers | tsmap, a second | nginx, a second | ratio (at least 0.35) | tsmap, p99 ms | nginx, p99 ms | ratio (at most 4) |
|---|---|---|---|---|---|---|
${rows.join('\n')}

While ${streamed} observations stream in at once:

| answers read | a second | p99 ms, idle | p99 ms, meanwhile | ratio (at most 10) | all stacked without reads, s | beside them, s | longer by (at most 20 %) |
|---|---|---|---|---|---|---|---|
${beside.join('\n')}
`;
}
