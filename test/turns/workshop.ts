// An engine on a real embedded home with a scripted platform, for tests of one behaviour at a time.
import { randomBytes } from 'node:crypto';
import { citizenLane, eventId, type LaneId } from '../../src/lib/ids.js';
import { silentLog } from '../../src/lib/log.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import type { Home } from '../../src/storage/home.js';
import { Engine, type EngineOptions } from '../../src/turns/engine.js';
import type { EventBody, TurnHandler, TurnOutcome, TurnRequest } from '../../src/turns/turn.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';
import { ScriptedChannel } from './scripted-channel.js';

export const KEY = randomBytes(32);

export interface Workshop {
  home: Home;
  channel: ScriptedChannel;
  engine: Engine;
  /** What happened, in the observer's words. */
  seen: string[];
  clock: { offset: number };
  say(lane: LaneId, text: string, more?: { id?: string; at?: number }): Promise<void>;
  body(lane: LaneId, body: EventBody, id: string): Promise<void>;
  /** Another engine over the same home. */
  rival(handler: TurnHandler, more?: Partial<EngineOptions>): Engine;
  /** Ends the engine without giving leases up, as a crash would, and starts a new one on the same folder. */
  crash(handler?: TurnHandler): Promise<void>;
}

const open: { engine: Engine; home: Home }[] = [];
let number = 0;

export function lane(name: string, account = '1'): LaneId {
  number += 1;
  return citizenLane({ channel: 'zalo', account, user: `${name}${number}` });
}

/** The usual shape of a handler's answer. */
export function outcome(request: TurnRequest, more: Partial<TurnOutcome> = {}): TurnOutcome {
  return { mode: request.mode, data: request.data, replies: [], effects: [], timers: [], ...more };
}

export function replies(...texts: string[]): Pick<TurnOutcome, 'replies'> {
  return { replies: texts.map((text) => ({ type: 'message', text })) };
}

export function textOf(request: TurnRequest): string {
  return request.event.body.kind === 'text' ? request.event.body.text : request.event.body.kind;
}

export async function workshop(handler: TurnHandler, more: Partial<EngineOptions> = {}): Promise<Workshop> {
  const folder = temporaryFolder();
  const clock = { offset: 0 };
  const now = () => Date.now() + clock.offset;
  const seen: string[] = [];
  const channel = new ScriptedChannel('zalo', ['1', '2']);
  const openHome = () => openEmbedded({ dataDir: folder, sealer: new Sealer([KEY]), clock: now, owner: 'test' });
  const makeEngine = (home: Home, run: TurnHandler, options: Partial<EngineOptions> = {}) =>
    new Engine({
      store: home.turns,
      records: home.records,
      sealer: new Sealer([KEY]),
      partitions: home.partitions,
      handler: run,
      channels: [channel],
      texts: { turnFailed: { type: 'message', text: 'SORRY' }, repliesTooOld: { type: 'message', text: 'TOO LATE' } },
      clock: now,
      observer: {
        accepted: (_source, what) => void seen.push(what),
        turn: (what) => void seen.push(`turn ${what}`),
        sent: (_channel, what, reason) => void seen.push(`send ${what}${reason === '' ? '' : ` ${reason}`}`),
        answered: () => void seen.push('answered'),
        deadLetter: (source, reason) => void seen.push(`dead ${source} ${reason}`),
      },
      log: silentLog,
      owner: 'test',
      works: true,
      ...more,
      ...options,
      tuning: { echoWaitMs: 50, timerPollMs: 10, stopGraceMs: 500, ...more.tuning, ...options.tuning },
    });
  const home = await openHome();
  const engine = makeEngine(home, handler);
  open.push({ home, engine });
  await engine.start();
  const shop: Workshop = {
    home,
    channel,
    engine,
    seen,
    clock,
    say: (to, text, { id = `${to}/${text}`, at = now() } = {}) =>
      shop.engine.acceptor.append(eventId(id), to, at, { kind: 'text', text, messageId: id }),
    body: (to, body, id) => shop.engine.acceptor.append(eventId(id), to, now(), body),
    rival(run, options = {}) {
      const rival = makeEngine(shop.home, run, { owner: 'rival', ...options });
      open.push({ home: shop.home, engine: rival });
      return rival;
    },
    async crash(run = handler) {
      const old = open.findIndex((one) => one.engine === shop.engine);
      // The storage goes first: nothing of the old engine can be written any more.
      await shop.home.close();
      void shop.engine.stop();
      if (old >= 0) open.splice(old, 1);
      shop.home = await openHome();
      // A new process has a new name: the lease of the one before was not given up by it.
      number += 1;
      shop.engine = makeEngine(shop.home, run, { owner: `risen ${number}` });
      open.push({ home: shop.home, engine: shop.engine });
      await shop.engine.start();
    },
  };
  return shop;
}

export async function closeWorkshops(): Promise<void> {
  const homes = new Set<Home>();
  for (const { engine, home } of open.splice(0)) {
    await engine.stop();
    homes.add(home);
  }
  for (const home of homes) await home.close();
  removeTemporaryFolders();
}
