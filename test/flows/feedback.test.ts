// Reports, written in the conversation: questions, corrections, interruptions, and what is stored and sent.
import { FEEDBACK_TEXTS as T } from '../../src/flows/feedback/texts.js';
import { DAY, HOUR } from '../../src/lib/clock.js';
import { FEEDBACK } from '../../src/records/feedback.js';
import { Citizen, converses } from './citizen.js';
import { NOW, texts, town } from './town.js';

const LIGHT = 'Tôi muốn phản ánh đèn đường trước chợ Long Hòa hỏng cả tuần nay, tối rất nguy hiểm';
const CODE = /PA-[2-9A-HJ-NP-Z]{4}-[2-9]{2}/;

function codeIn(text: string): string {
  const code = CODE.exec(text)?.[0];
  if (code === undefined) throw new Error(`no code in: ${text}`);
  return code;
}

async function reportOf(citizen: Citizen, code: string) {
  const found = await citizen.town.documents.get(FEEDBACK, code);
  if (found === undefined) throw new Error(`no report ${code}`);
  return found.body;
}

const tasks = (citizen: Citizen) =>
  citizen.history.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.type === 'append' && effect.body.kind === 'portal-task' ? [effect] : [])),
  );

/** From the first words to the code. */
async function sends(citizen: Citizen, words = LIGHT): Promise<string> {
  await converses(
    citizen,
    `> ${words}
     ${texts.format(T.category, { category: 'Điện, nước, chiếu sáng' })}
     * Đúng rồi
     ${texts.format(T.contact)}
     > Nguyễn Văn An 0912345678
     ${texts.format(T.consent)}
     * Không công khai
     1. Việc: ${words}
     * Gửi`,
  );
  return codeIn(citizen.heard);
}

it('takes a report in a few taps, gives its code at once, and queues exactly what was said for the portal', async () => {
  const citizen = new Citizen();
  const code = await sends(citizen);
  expect(await reportOf(citizen, code)).toMatchObject({
    category: 'dien-nuoc',
    content: LIGHT,
    contact: { name: 'Nguyễn Văn An', phone: '0912345678' },
    publishConsent: false,
    delivery: 'queued',
  });
  expect(tasks(citizen)).toHaveLength(1);
  expect(tasks(citizen)[0]).toMatchObject({
    lane: `portal:${code}`,
    body: { task: 'send-feedback', data: { code, lane: citizen.lane, report: { category: 'Điện, nước, chiếu sáng' } } },
  });
});

it('asks nothing that was already said', async () => {
  const citizen = new Citizen();
  await converses(
    citizen,
    `> góp ý: đường Lê Lợi xã Vĩnh Phú đầy ổ gà chưa ai sửa, tôi tên Trần Thị Bình, sđt 0987654321
     ${texts.format(T.category, { category: 'Hạ tầng, giao thông' })}
     > đúng rồi
     ${texts.format(T.consent)}
     > đồng ý
     3. Nơi: đường Lê Lợi xã Vĩnh Phú (nay thuộc Xã Thoại Sơn, An Giang)
     5. Liên hệ: Trần Thị Bình, 0987654321
     6. Công khai nội dung: có`,
  );
});
