// A copy of the tree in the temporary folder, built once, in which edits are planted one at a time.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// No style checks: an edit may leave something unused.
const FAST = [
  '-c', 'Release', '-v', 'q', '-tl:off', '-p:RunAnalyzers=false', '-p:TreatWarningsAsErrors=false', '-p:EnforceCodeStyleInBuild=false',
  '-p:UseSharedCompilation=true',
];
const BUILD_LIMIT_S = 1200;
const MOST_OUTPUT = 1 << 28;

export class Tree {
  constructor(root, path) {
    this.root = root;
    this.path = path;
    this.before = new Map();
  }

  // Writes only files that differ, so that the earlier build stays valid.
  bring() {
    const listing = ['ls-files', '-co', '--exclude-standard', '-z'];
    const listed = spawnSync('git', listing, { cwd: this.root, encoding: 'utf8', maxBuffer: MOST_OUTPUT });
    if (listed.status !== 0) throw new Error(`git ls-files failed in ${this.root}: ${listed.stderr}`);
    const files = listed.stdout.split('\0').filter(file => file && existsSync(join(this.root, file)));
    for (const file of files) this.copy(join(this.root, file), join(this.path, file));
    const known = new Set(files);
    for (const folder of ['src', 'tests']) {
      for (const entry of readdirSync(join(this.path, folder), { recursive: true, withFileTypes: true })) {
        const file = join(entry.parentPath, entry.name).slice(this.path.length + 1);
        if (entry.isFile() && !known.has(file) && !/\/(bin|obj|node_modules)\//.test(file)) rmSync(join(this.path, file));
      }
    }
    const [modules, link] = [join(this.root, 'tests/tools/node_modules'), join(this.path, 'tests/tools/node_modules')];
    if (!existsSync(join(modules, '.bin/azurite'))) throw new Error('the tests of Azure would be skipped: run tests/tools/install.sh');
    if (!existsSync(link)) {
      // A link to a deleted checkout exists but leads nowhere.
      rmSync(link, { force: true });
      symlinkSync(modules, link);
    }
  }

  copy(from, to) {
    if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) return;
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }

  async buildTests(projects) {
    for (const project of projects) {
      const built = await run('dotnet', ['build', `tests/${project}`, ...FAST], this.path, BUILD_LIMIT_S);
      if (built.code !== 0) throw new Error(`${project} does not build in ${this.path}:\n${lastLines(built.output)}`);
    }
  }

  // Compiles the one project that holds the file and puts its assembly into the test projects; returns the compiler's error, or null.
  async plant(edit, projects) {
    const file = join(this.path, edit.file);
    const text = readFileSync(file, 'utf8');
    this.before.set(file, text);
    writeFileSync(file, text.replace(edit.old, () => edit.now));
    const source = edit.file.split('/').slice(0, 2).join('/');
    const assembly = `${source.split('/')[1]}.dll`;
    // Other assemblies that were compiled with the old constant or signature have to be compiled again.
    if (/\bconst\b/.test(edit.old)) return this.buildTests(projects).then(() => null, error => error.message);
    const built = await run('dotnet', ['build', source, '--no-dependencies', '--no-restore', ...FAST], this.path, BUILD_LIMIT_S);
    if (built.code !== 0) return lastLines(built.output.split('\n').filter(line => line.includes(': error ')).join('\n') || built.output);
    for (const project of projects) {
      const target = join(this.path, 'tests', project, 'bin/Release/net10.0', assembly);
      if (!existsSync(target)) continue;
      if (!this.before.has(target)) this.before.set(target, readFileSync(target));
      copyFileSync(join(this.path, source, 'bin/Release/net10.0', assembly), target);
    }
    return null;
  }

  async undo(edit, projects) {
    for (const [file, content] of this.before) writeFileSync(file, content);
    this.before.clear();
    if (/\bconst\b/.test(edit.old)) await this.buildTests(projects);
  }

  async test(step, limitS) {
    const program = join(this.path, 'tests', step.project, 'bin/Release/net10.0', step.project);
    const filter = step.classes.length > 0 ? ['--filter-class', ...step.classes] : [];
    const ran = await run(program, ['--no-ansi', '--progress', 'off', '--stop-on-fail', 'on', ...filter], this.path, limitS);
    return { ...ran, failed: /^failed (\S+)/m.exec(ran.output)?.[1] };
  }
}

const lastLines = text => text.trim().split('\n').slice(-12).join('\n');

function run(program, args, folder, limitS) {
  return new Promise(resolve => {
    const began = Date.now();
    const env = { ...process.env, DOTNET_NOLOGO: '1', DOTNET_CLI_UI_LANGUAGE: 'en' };
    const child = spawn(program, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
    let output = '';
    let hung = false;
    const stop = () => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it has ended */ } };
    const timer = setTimeout(() => { hung = true; stop(); }, limitS * 1000);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => { output = (output + data).slice(-(1 << 20)); });
    child.on('error', error => { clearTimeout(timer); resolve({ code: -1, output: error.message, hung, seconds: 0 }); });
    child.on('exit', code => {
      clearTimeout(timer);
      // Build servers and child processes may outlive the program and hold its pipes open.
      setTimeout(() => { child.stdout.destroy(); child.stderr.destroy(); }, 200);
      setTimeout(() => resolve({ code: code ?? -1, output, hung, seconds: (Date.now() - began) / 1000 }), 100);
    });
  });
}
