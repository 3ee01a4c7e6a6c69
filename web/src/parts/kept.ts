// What this browser keeps: preferences for good (localStorage), drafts and what was read until the tab closes or somebody signs
// out (sessionStorage). Storage may be missing or full: then nothing is kept, and nothing breaks.

const PREFERENCE = 'mot-cua.';
const PERSONAL = 'mot-cua.work.';
const OWNER = 'mot-cua.owner';

export function preference(key: string): string | undefined {
  return read(globalThis.localStorage, PREFERENCE + key);
}
export function keepPreference(key: string, value: string | undefined): void {
  write(globalThis.localStorage, PREFERENCE + key, value);
}

/** Of somebody's work, for instance a draft. */
export function work(key: string): string | undefined {
  return read(globalThis.sessionStorage, PERSONAL + key);
}
export function keepWork(key: string, value: string | undefined): void {
  write(globalThis.sessionStorage, PERSONAL + key, value);
}

const forgetters = new Set<() => void>();
/** For what a module keeps in memory: called when somebody signs out. */
export function onForget(forgetter: () => void): void {
  forgetters.add(forgetter);
}

/** Removes what belongs to whoever worked here. */
export function forget(): void {
  for (const forgetter of forgetters) forgetter();
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PERSONAL)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

/** A session that ran out leaves drafts for the same officer only. */
export function rememberOwner(id: string): void {
  if (read(globalThis.sessionStorage, OWNER) !== id) forget();
  write(globalThis.sessionStorage, OWNER, id);
}

function read(storage: Storage, key: string): string | undefined {
  try {
    return storage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(storage: Storage, key: string, value: string | undefined): void {
  try {
    if (value === undefined) storage.removeItem(key);
    else storage.setItem(key, value);
  } catch {
    // Full or forbidden: the page works without.
  }
}
