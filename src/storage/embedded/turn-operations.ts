// What the storage threads do for the TurnStore: SQL only, no clock, no sealing. `write` operations run inside the
// writer's transaction, `read` operations in the reader thread.
import type {
  ConfirmedEcho,
  Echo,
  Lease,
  OutboxItem,
  Settlement,
  StateWrite,
  TimerWrite,
} from '../../turns/turn-store.js';
import { sweepDocuments } from './document-operations.js';
import { sweepNotUnderstood } from './not-understood-operations.js';
import { bytes, integer, type Row, type Sql, text } from './sql.js';

export interface EventRow {
  position: number;
  id: string;
  lane: string;
  partition: number;
  payload: Buffer;
  acceptedAt: number;
  throws: number;
  deaths: number;
}

export interface NewEventRow {
  id: string;
  lane: string;
  partition: number;
  payload: Uint8Array;
  acceptedAt: number;
  keepIdUntil: number;
}

type Held = Pick<Lease, 'name' | 'owner' | 'epoch'>;

function holds(sql: Sql, { name, owner, epoch }: Held): boolean {
  return sql.number('SELECT count(*) FROM leases WHERE name = ? AND epoch = ? AND owner = ?', name, epoch, owner) === 1;
}

function addToOutbox(sql: Sql, item: OutboxItem): void {
  sql.run(
    'INSERT OR IGNORE INTO outbox (id, part, lane, lane_seq, kind, payload, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    item.id,
    item.partition,
    item.lane,
    item.laneSeq,
    item.kind,
    item.payload,
    item.createdAt,
  );
}

function writeTimer(sql: Sql, lane: string, partition: number, timer: TimerWrite): void {
  if (timer.type === 'cancel') {
    sql.run('DELETE FROM timers WHERE lane = ? AND name = ?', lane, timer.name);
    return;
  }
  sql.run(
    'INSERT OR REPLACE INTO timers (lane, name, part, generation, due_at, payload) VALUES (?, ?, ?, ?, ?, ?)',
    lane,
    timer.name,
    partition,
    timer.generation,
    timer.dueAt,
    timer.payload,
  );
}

function writeState(sql: Sql, lane: string, state: StateWrite | null): void {
  if (state === null) {
    sql.run('DELETE FROM states WHERE lane = ?', lane);
    return;
  }
  sql.run(
    'INSERT OR REPLACE INTO states (lane, payload, mode, expires_at) VALUES (?, ?, ?, ?)',
    lane,
    state.payload,
    state.mode,
    state.expiresAt,
  );
}

/** The echo says nothing more, whether it came before or is yet to come. */
function confirmEcho(sql: Sql, { lane, key, at }: ConfirmedEcho): void {
  if (sql.run('DELETE FROM echoes WHERE lane = ? AND echo = ?', lane, key) > 0) return;
  sql.run('INSERT INTO echoes (lane, echo, at, confirmed) VALUES (?, ?, ?, 1)', lane, key, at);
}

export interface CommitRow {
  lease: Held;
  position: number;
  lane: string;
  partition: number;
  state: StateWrite | null;
  outbox: readonly OutboxItem[];
  timers: readonly TimerWrite[];
}

export const turnWrites = {
  /** The new event's position, or 0 for a known id. */
  accept(sql: Sql, events: readonly NewEventRow[]): number[] {
    return events.map((event) => {
      const fresh = sql.run('INSERT OR IGNORE INTO seen (id, keep_until) VALUES (?, ?)', event.id, event.keepIdUntil);
      if (fresh === 0) return 0;
      return sql.insert(
        'INSERT INTO events (part, id, lane, payload, accepted_at) VALUES (?, ?, ?, ?, ?)',
        event.partition,
        event.id,
        event.lane,
        event.payload,
        event.acceptedAt,
      );
    });
  },

  acquire(
    sql: Sql,
    { name, owner, now, ttlMs }: { name: string; owner: string; now: number; ttlMs: number },
  ): Lease | undefined {
    const row = sql.get('SELECT owner, epoch, until FROM leases WHERE name = ?', name);
    const free = row === undefined || text(row, 'owner') === '';
    if (row !== undefined && !free && integer(row, 'until') > now) return undefined;
    const epoch = row === undefined ? 1 : integer(row, 'epoch') + 1;
    sql.run(
      'INSERT OR REPLACE INTO leases (name, owner, epoch, until) VALUES (?, ?, ?, ?)',
      name,
      owner,
      epoch,
      now + ttlMs,
    );
    // A holder that lost touch with its own storage left nothing half done that it would not know of.
    return { name, owner, epoch, clean: free || text(row, 'owner') === owner };
  },

  renew(sql: Sql, { name, owner, epoch, until }: Held & { until: number }): boolean {
    const held = [name, epoch, owner];
    return sql.run('UPDATE leases SET until = ? WHERE name = ? AND epoch = ? AND owner = ?', until, ...held) === 1;
  },

  /** `nobody`: what stands in the owner's place from now on. */
  release(sql: Sql, { name, owner, epoch, nobody }: Held & { nobody: string }): void {
    const held = [name, epoch, owner];
    sql.run('UPDATE leases SET owner = ?, until = 0 WHERE name = ? AND epoch = ? AND owner = ?', nobody, ...held);
  },

  /** Whoever opens the file holds it alone: leases of dead holders are over at once, but they were not given up cleanly. */
  endLeases(sql: Sql): void {
    sql.run('UPDATE leases SET until = 0');
  },

  commit(sql: Sql, turn: CommitRow): boolean {
    if (!holds(sql, turn.lease)) return false;
    // Gone already: this very commit was repeated, and repeating it is harmless.
    if (sql.run('DELETE FROM events WHERE pos = ?', turn.position) === 0) return true;
    writeState(sql, turn.lane, turn.state);
    for (const item of turn.outbox) addToOutbox(sql, item);
    for (const timer of turn.timers) writeTimer(sql, turn.lane, turn.partition, timer);
    return true;
  },

  settle(sql: Sql, { lease, settlement }: { lease: Held; settlement: Settlement }): boolean {
    if (!holds(sql, lease)) return false;
    for (const item of settlement.done) sql.run('DELETE FROM outbox WHERE id = ?', item.id);
    for (const item of settlement.add) addToOutbox(sql, item);
    for (const echo of settlement.confirmed ?? []) confirmEcho(sql, echo);
    return true;
  },

  noteThrow(sql: Sql, { lease, position }: { lease: Held; position: number }): number {
    if (!holds(sql, lease)) return 0;
    return sql.number('UPDATE events SET throws = throws + 1 WHERE pos = ? RETURNING throws', position);
  },

  noteDeath(sql: Sql, { lease, position }: { lease: Held; position: number }): number {
    if (!holds(sql, lease)) return 0;
    return sql.number('UPDATE events SET deaths = deaths + 1 WHERE pos = ? RETURNING deaths', position);
  },

  noteResend(sql: Sql, { lease, id }: { lease: Held; id: string }): number {
    if (!holds(sql, lease)) return 0;
    return sql.number('UPDATE outbox SET resends = resends + 1 WHERE id = ? RETURNING resends', id);
  },

  dropTimer(sql: Sql, timer: { lane: string; name: string; generation: number }): void {
    sql.run(
      'DELETE FROM timers WHERE lane = ? AND name = ? AND generation = ?',
      timer.lane,
      timer.name,
      timer.generation,
    );
  },

  noteEchoes(sql: Sql, echoes: readonly Echo[]): void {
    for (const { lane, keys, at } of echoes) {
      const [best = ''] = keys;
      if (sql.run('DELETE FROM echoes WHERE lane = ? AND echo = ? AND confirmed = 1', lane, best) > 0) continue;
      const row = [lane, best, JSON.stringify(keys), at];
      sql.run('INSERT OR REPLACE INTO echoes (lane, echo, keys, at) VALUES (?, ?, ?, ?)', ...row);
    }
  },

  takeEcho(sql: Sql, { lane, keys, since }: { lane: string; keys: readonly string[]; since: number }): boolean {
    return keys.some(
      (key) =>
        sql.run(
          `DELETE FROM echoes WHERE lane = ?1 AND echo =
             (SELECT echo FROM echoes, json_each(echoes.keys) AS known
                WHERE lane = ?1 AND at >= ?2 AND confirmed = 0 AND known.value = ?3 ORDER BY at LIMIT 1)`,
          lane,
          since,
          key,
        ) > 0,
    );
  },

  /** One bounded slice. `after` walks the states by lane, so that no index on their ever-changing expiry is needed. */
  sweep(
    sql: Sql,
    { now, echoesBefore, after, slice }: { now: number; echoesBefore: number; after: string; slice: number },
  ) {
    let gone = sql.run('DELETE FROM seen WHERE id IN (SELECT id FROM seen WHERE keep_until < ? LIMIT ?)', now, slice);
    gone += sql.run(
      'DELETE FROM hits WHERE (counter, hit) IN (SELECT counter, hit FROM hits WHERE keep_until < ? LIMIT ?)',
      now,
      slice,
    );
    gone += sql.run(
      'DELETE FROM echoes WHERE (lane, echo) IN (SELECT lane, echo FROM echoes WHERE at < ? LIMIT ?)',
      echoesBefore,
      slice,
    );
    gone += sweepNotUnderstood(sql, now, slice);
    gone += sweepDocuments(sql, now, slice);
    const lanes = sql.all(
      'SELECT lane, mode, expires_at FROM states WHERE lane > ? ORDER BY lane LIMIT ?',
      after,
      slice,
    );
    for (const row of lanes) {
      if (integer(row, 'expires_at') >= now || text(row, 'mode') !== 'bot') continue;
      gone += sql.run(
        `DELETE FROM states WHERE lane = ?1 AND NOT EXISTS (SELECT 1 FROM events WHERE lane = ?1)
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE lane = ?1) AND NOT EXISTS (SELECT 1 FROM timers WHERE lane = ?1)`,
        text(row, 'lane'),
      );
    }
    const last = lanes.at(-1);
    return { gone, after: lanes.length === slice && last !== undefined ? text(last, 'lane') : '' };
  },
};

function toEvent(row: Row): EventRow {
  return {
    position: integer(row, 'pos'),
    id: text(row, 'id'),
    lane: text(row, 'lane'),
    partition: integer(row, 'part'),
    payload: bytes(row, 'payload'),
    acceptedAt: integer(row, 'accepted_at'),
    throws: integer(row, 'throws'),
    deaths: integer(row, 'deaths'),
  };
}

export const turnReads = {
  events(sql: Sql, { partition, after, limit }: { partition: number; after: number; limit: number }): EventRow[] {
    return sql
      .all('SELECT * FROM events WHERE pos > ? AND part = ? ORDER BY pos LIMIT ?', after, partition, limit)
      .map(toEvent);
  },

  unsettled(sql: Sql, partition: number) {
    return sql.all('SELECT * FROM outbox WHERE part = ? ORDER BY lane, lane_seq', partition).map((row) => ({
      id: text(row, 'id'),
      lane: text(row, 'lane'),
      partition,
      laneSeq: integer(row, 'lane_seq'),
      kind: text(row, 'kind'),
      payload: bytes(row, 'payload'),
      createdAt: integer(row, 'created_at'),
      resends: integer(row, 'resends'),
    }));
  },

  state(sql: Sql, lane: string): Buffer | undefined {
    const row = sql.get('SELECT payload FROM states WHERE lane = ?', lane);
    return row === undefined ? undefined : bytes(row, 'payload');
  },

  leaseHolders(sql: Sql, { names, now }: { names: readonly string[]; now: number }): (string | undefined)[] {
    return names.map((name) => {
      const row = sql.get("SELECT owner FROM leases WHERE name = ? AND until > ? AND owner <> ''", name, now);
      return row === undefined ? undefined : text(row, 'owner');
    });
  },

  dueTimers(sql: Sql, { partition, now, limit }: { partition: number; now: number; limit: number }) {
    return sql
      .all('SELECT * FROM timers WHERE part = ? AND due_at <= ? ORDER BY due_at LIMIT ?', partition, now, limit)
      .map((row) => ({
        lane: text(row, 'lane'),
        partition,
        name: text(row, 'name'),
        generation: integer(row, 'generation'),
        dueAt: integer(row, 'due_at'),
        payload: bytes(row, 'payload'),
      }));
  },

  backlog(sql: Sql) {
    const events = sql.get('SELECT count(*) AS n, min(accepted_at) AS at FROM events') ?? {};
    const outbox = sql.get('SELECT count(*) AS n, min(created_at) AS at FROM outbox') ?? {};
    return {
      events: Number(events.n ?? 0),
      oldestEventAt: events.at === null ? undefined : Number(events.at),
      outbox: Number(outbox.n ?? 0),
      oldestOutboxAt: outbox.at === null ? undefined : Number(outbox.at),
      timers: sql.number('SELECT count(*) FROM timers'),
    };
  },

  ping(sql: Sql): number {
    return sql.number('SELECT 1');
  },
};
