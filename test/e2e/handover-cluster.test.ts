// The handover with Redis, MongoDB and two processes: whoever serves the desk, the lane decides, and a killed process forgets nothing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HANDOVER } from '../../src/flows/handover/texts.js';
import { describeWithRedis } from '../storage/redis-server.js';
import { temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { type BotProcess, freePort } from './bot-process.js';
import { clusterServers } from './cluster-scene.js';
import { ADMIN, Colleague } from './colleague.js';
import { say } from './hearing.js';
import { openAtHours } from './opening-hours.js';
import { Stage } from './stage.js';
import { texts } from './wording.js';

jest.setTimeout(180_000);

describeWithRedis('two processes that share the desk', () => {
  let stage: Stage;
  let other: BotProcess;
  let officers: { here: Colleague; there: Colleague }[];

  const settings = clusterServers(async () => {
    await other.kill();
    await stage.close();
  });

  beforeAll(async () => {
    const folder = temporaryFolder();
    const [agencies, holidays] = [join(folder, 'agencies.yaml'), join(folder, 'holidays.yaml')];
    writeFileSync(agencies, openAtHours('00:00-24:00'));
    writeFileSync(holidays, '"2026": { off: [] }\n');
    stage = await Stage.open(
      {},
      {
        ...settings(),
        DESK_ADMIN_USERNAME: ADMIN.username,
        DESK_ADMIN_PASSWORD: ADMIN.password,
        AGENCIES_FILE: agencies,
        HOLIDAYS_FILE: holidays,
      },
    );
    other = stage.launch({ PORT: String(await freePort()) });
    await other.ready();
    const admin = await Colleague.admin(stage.bot.url);
    officers = [];
    for (const name of ['lan', 'minh', 'hoa', 'tu']) {
      const here = await admin.adds(name, name, [{ agency: 'mot-cua', role: 'officer' }]);
      officers.push({ here, there: await here.alsoAt(other.url) });
    }
    await officers[0]?.here.onDuty();
  });

  it('lets one officer win of forty claims through both, and keeps the bot silent through a kill', async () => {
    const citizen = stage.citizen('zalo');
    const heard = await say(citizen, 'gặp cán bộ');
    expect(heard).toContain(texts.format(HANDOVER.next));
    const code = /HT-[2-9A-Z]{4}-[2-9]{2}/.exec(heard)?.[0] ?? '';
    const claims = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const officer = officers[i % 4];
        const { status } = (await (i % 8 < 4 ? officer?.here : officer?.there)?.act(code, 'claim')) ?? { status: 0 };
        return { status, by: i % 4 };
      }),
    );
    const winners = new Set(claims.filter(({ status }) => status === 200).map(({ by }) => by));
    expect([winners.size, claims.filter(({ status }) => status === 409).length]).toEqual([1, 30]);
    const winner = officers[[...winners][0] ?? 0];
    await citizen.hears(texts.format(HANDOVER.claimed, { code }));

    await winner?.there.reply(code, 'Chào bạn, mình đang xem hồ sơ.');
    await citizen.hears('mình đang xem hồ sơ');
    await stage.bot.kill();
    const before = citizen.heard.length;
    await stage.start();
    citizen.write('dạ em chờ, lệ phí khai sinh bao nhiêu ạ');
    await until(
      async () => (await winner?.there.queue('mine'))?.[0]?.unanswered === 1,
      'the message at the desk',
      30_000,
    );
    expect(citizen.heard).toHaveLength(before);

    expect((await winner?.there.act(code, 'close', { resolution: 'answered' }))?.status).toBe(200);
    await citizen.hears(texts.format(HANDOVER.closed, { code }));
    expect(await say(citizen, 'menu')).not.toBe('');
  });
});
