// The words of the desk's pages beside what they are words for: nothing is left without a name, and nothing is named that is not there.
import { PERMISSIONS, ROLE_PERMISSIONS } from '../../src/desk/permissions.js';
import { flows } from '../../src/flows/flows.js';
import { INTENTS as KNOWN_INTENTS } from '../../src/language/intents.js';
import { FEEDBACK_STATES } from '../../src/portal/portal.js';
import { DELIVERIES } from '../../src/records/feedback.js';
import { ROLES } from '../../src/records/staff.js';
import { explain } from '../../web/src/texts/dead-letters.js';
import { statusName } from '../../web/src/texts/feedback.js';
import { buttonPlace, INTENTS, PLACES } from '../../web/src/texts/not-understood.js';
import { PERMISSION_WORDS, ROLE_WORDS } from '../../web/src/texts/roles.js';
import { intentName } from '../../web/src/texts/ticket.js';

describe('the words of the desk’s pages', () => {
  it.each(ROLES)('say of a %s exactly what the role may do', (role) => {
    expect(new Set(ROLE_WORDS[role].permissions)).toEqual(new Set(ROLE_PERMISSIONS[role]));
  });

  it('name every permission', () => {
    expect(Object.keys(PERMISSION_WORDS).sort()).toEqual([...PERMISSIONS].sort());
  });

  it('offer every intent once, each with a name', () => {
    expect(INTENTS.map(([intent]) => intent).sort()).toEqual([...KNOWN_INTENTS].sort());
    for (const intent of KNOWN_INTENTS) expect(intentName(intent)).not.toBe(intent);
  });

  it('know where the bot’s buttons lead: each named place is a step of a conversation', () => {
    const unknown = Object.keys(PLACES).filter((at) => flows.step(at) === undefined);
    expect(unknown).toEqual([]);
  });

  it('name a procedure’s button by its code, and leave an unknown address as it is', () => {
    expect(buttonPlace('proc.show:3.000348')).toEqual({
      name: 'Thủ tục 3.000348',
      intent: 'procedure.ask',
      procedure: '3.000348',
    });
    expect(buttonPlace('later.flow:x')).toEqual({ name: 'later.flow:x' });
  });

  it.each([...FEEDBACK_STATES, ...DELIVERIES])('name the state %s of a report', (state) => {
    expect(statusName(state)).not.toBe(state);
  });

  it.each([
    ['event.process-deaths', 'Hệ thống bị dừng'],
    ['turn.too-long', 'quá lâu'],
    ['turn.TypeError', 'gặp lỗi ba lần'],
    ['reply.unknown-outcome', 'Không rõ'],
    ['zalo.-230', 'quá thời hạn'],
    ['messenger.10.2018278', 'quá thời hạn'],
    ['zalo.-320', 'tính phí'],
    ['zalo.template.-124', 'ZNS'],
    ['zalo.network.lost', 'Không kết nối'],
    ['zalo.-999', 'Zalo từ chối'],
    ['messenger.551', 'không nhận tin'],
    ['effect.records.bad-document', 'Không ghi lại được'],
    ['unknown.user_reacted_message', 'chưa biết'],
    ['portal-task.gone', 'hệ thống hồ sơ'],
    ['never-heard-of', 'không xử lý được'],
  ])('explain the reason %s of a dead letter', (reason, words) => {
    const { what, toDo } = explain(reason);
    expect(what).toContain(words);
    expect(toDo).not.toBe('');
  });
});
