// The desk in a process that takes no turns, with Redis and MongoDB: what officers do there happens in another process, and what
// happens there is told to their desks.
import { randomUUID } from 'node:crypto';
import type { ActionResult, Entries, Found, Page, ProcedureFound, Queue } from '../../src/desk/api.js';
import { type DeskStage, deskStage, Officer, WARD } from '../browser/desk-stage.js';
import { EventReader } from '../desk/event-reader.js';
import { describeWithRedis } from '../storage/redis-server.js';
import { until } from '../storage/until.js';
import { type BotProcess, freePort } from './bot-process.js';
import { clusterServers } from './cluster-scene.js';

jest.setTimeout(120_000);

describeWithRedis('a desk apart from the turns', () => {
  let desk: DeskStage;
  let web: BotProcess | undefined;
  let officer: Officer;
  const servers = clusterServers(async () => {
    if (web?.running) await web.kill();
    await desk.stage.close();
  });

  beforeAll(async () => {
    desk = await deskStage(servers());
    const hired = await desk.hire('an', 'Nguyễn Văn An', { agency: WARD, role: 'officer' });
    const port = await freePort();
    web = desk.stage.launch({ ...servers(), PORT: String(port), ROLE: 'web' });
    await web.ready();
    officer = new Officer(`http://127.0.0.1:${port}`, hired.username, hired.password);
    await officer.signIn();
  });

  it('hears of who asks, claims, answers, finds and closes', async () => {
    const live = await EventReader.open((signal) => officer.call('GET', '/live', undefined, signal));
    try {
      const citizen = desk.stage.citizen('zalo', { name: 'Sùng Thị Mai' });
      await citizen.say('cho tôi gặp cán bộ');
      await live.has('ticket');
      const { items, counts } = await officer.json<Queue>('GET', '/queue?view=waiting');
      expect(counts).toMatchObject({ waiting: 1, mine: 0, open: 0 });
      const id = items[0]?.id ?? '';
      const claims = await Promise.all(Array.from({ length: 10 }, () => officer.call('POST', `/tickets/${id}/claim`)));
      expect(new Set(claims.map(({ status }) => status))).toEqual(new Set([200]));
      await live.has('ticket', (data) => data.id === id && data.status === 'open');
      const reply = { key: randomUUID(), text: 'Chào chị, chị cần hỏi việc gì ạ?' };
      await Promise.all([
        officer.json<ActionResult>('POST', `/tickets/${id}/reply`, reply),
        officer.json<ActionResult>('POST', `/tickets/${id}/reply`, reply),
      ]);
      await citizen.hears(reply.text);
      expect(citizen.heard.filter(({ text }) => text === reply.text)).toHaveLength(1);
      citizen.write('tôi hỏi về cầu treo bị hỏng');
      const entries = () => officer.json<Entries>('GET', `/tickets/${id}/entries`);
      await until(async () =>
        (await entries()).entries.some(({ lines }) => lines.some(({ text }) => text?.includes('cầu treo'))),
      );
      await until(async () => (await entries()).entries.some(({ delivery }) => delivery?.state === 'sent'));
      const found = await officer.json<Found>('POST', '/search', { q: 'cau treo' });
      expect(found.items.map(({ ticket }) => ticket.id)).toEqual([id]);
      const closed = await officer.json<ActionResult>('POST', `/tickets/${id}/close`, { resolution: 'answered' });
      expect(closed.ticket).toMatchObject({ status: 'closed', resolution: 'answered' });
      await live.has('ticket', (data) => data.id === id && data.status === 'closed');
    } finally {
      live.close();
    }
  });

  it('finds procedures, though it imported none', async () => {
    const found = () => officer.json<Page<ProcedureFound>>('GET', '/procedures?q=khai%20sinh');
    await until(async () => (await found()).items.length > 0, 'the catalogue');
  });
});
