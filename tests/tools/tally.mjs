// Adds up the reports of the test programs (CTRF files of xunit) and checks their exit codes.
//   tally.mjs one FOLDER FILE NAME EXIT   one line for one run; writes FILE.tally
//   tally.mjs all FOLDER                  failures, skipped tests with their reasons, and the last line
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NO_TESTS_MATCHED = 8;
const TESTS_FAILED = 2;

function one(folder, file, name, exit) {
  const report = join(folder, `${file}.json`);
  let tests = [];
  let broken = '';
  try {
    tests = JSON.parse(readFileSync(report, 'utf8')).results.tests;
  } catch (error) {
    broken = existsSync(report) ? `its report cannot be read: ${error.message}` : 'it wrote no report';
  }
  const passed = tests.filter(test => test.status === 'passed').length;
  const skipped = tests.filter(test => test.status === 'skipped' || test.status === 'pending');
  const failed = tests.filter(test => !['passed', 'skipped', 'pending'].includes(test.status)).map(test => ({ name: test.name, reason: test.message ?? '' }));
  const expected = failed.length > 0 ? exit === TESTS_FAILED : exit === 0 || exit === NO_TESTS_MATCHED;
  if (!expected || (broken && exit !== NO_TESTS_MATCHED)) {
    failed.push({ name: '(the test program itself)', reason: `exit code ${exit}${broken && `; ${broken}`}; see artifacts/tests/${file}.log` });
  }
  const tally = { name, passed, failed, skipped: skipped.map(test => ({ name: test.name, reason: test.message ?? '' })) };
  writeFileSync(join(folder, `${file}.tally`), JSON.stringify(tally));
  console.log(`${name}: ${counts(passed, failed.length, skipped.length)}${failed.length ? '  FAILED' : ''}`);
}

function all(folder) {
  const runs = readdirSync(folder).filter(file => file.endsWith('.tally')).sort().map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const skipped = new Map();
  for (const run of runs) {
    for (const test of run.skipped) {
      const reason = test.reason.trim() || 'no reason given';
      skipped.set(reason, [...(skipped.get(reason) ?? []), `${run.name}: ${test.name}`]);
    }
  }
  for (const [reason, names] of skipped) console.log(`\nskipped, ${reason}\n  ${names.join('\n  ')}`);
  for (const run of runs) {
    for (const test of run.failed) console.log(`\nFAILED ${run.name}: ${test.name}\n${indent(test.reason)}`);
  }
  let failed = sum(runs, run => run.failed.length);
  if (existsSync(join(folder, 'format.failed'))) {
    failed += 1;
    console.log(`\nFAILED dotnet format whitespace (repair with: dotnet format whitespace TsMapSurvey.sln)\n${indent(readFileSync(join(folder, 'format.log'), 'utf8').split('\n').slice(0, 60).join('\n'))}`);
  }
  const passed = sum(runs, run => run.passed);
  if (passed + failed === 0) console.log('\nnothing ran');
  console.log(`\n${counts(passed, failed, sum(runs, run => run.skipped.length))}`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

const counts = (passed, failed, skipped) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
const sum = (items, value) => items.reduce((total, item) => total + value(item), 0);
const indent = text => text.trim().split('\n').slice(0, 80).map(line => `  ${line}`).join('\n');

const [mode, folder, file, name, exit] = process.argv.slice(2);
if (mode === 'one') one(folder, file, name, Number(exit));
else process.exitCode = all(folder);
