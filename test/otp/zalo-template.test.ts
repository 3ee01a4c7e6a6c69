// A code as a Zalo template message, and one way after the other.
import { templateOf } from '../../src/channels/activity.js';
import type { ChannelCall, SendResult } from '../../src/channels/channel.js';
import type { JsonObject } from '../../src/lib/json.js';
import { inTurn, type OtpSender } from '../../src/otp/sender.js';
import { ZaloTemplate } from '../../src/otp/zalo-template.js';

const message = { phone: '0912000123', code: '012345', text: 'ma 012345', key: 'a-b_c' };
const never = new AbortController().signal;

function template(result: SendResult) {
  const sent: { lane: string; body: JsonObject }[] = [];
  const sender = new ZaloTemplate({
    account: '42',
    template: '7895',
    parameter: 'otp',
    channel: {
      render: (activity): ChannelCall[] => [
        { kind: 'message', body: { ...templateOf(activity) } as unknown as JsonObject },
      ],
      send: async (lane, body) => {
        sent.push({ lane, body });
        return result;
      },
    },
  });
  return { sender, sent };
}

describe('a Zalo template', () => {
  it('carries the code alone to the number, from the OA', async () => {
    const { sender, sent } = template({ outcome: 'sent' });
    expect(await sender.send(message, never)).toEqual({ result: 'sent' });
    expect(sent).toEqual([
      {
        lane: 'zalo:42:otp',
        body: {
          template: '7895',
          parameters: [{ name: 'otp', value: '012345' }],
          phone: '84912000123',
          tracking: 'abc',
        },
      },
    ]);
  });

  it('that may have arrived counts as sent; one that was refused does not', async () => {
    expect(await template({ outcome: 'unknown', reason: 'timeout' }).sender.send(message, never)).toEqual({
      result: 'sent',
    });
    const refused = template({ outcome: 'give-up', reason: 'zalo.template.-118' });
    expect(await refused.sender.send(message, never)).toEqual({ result: 'failed', reason: 'zalo.template.-118' });
  });
});

describe('several ways', () => {
  const way = (result: Awaited<ReturnType<OtpSender['send']>>): OtpSender => ({ send: async () => result });
  const reasons: string[] = [];
  const heard = (reason: string) => void reasons.push(reason);

  it('are tried in their order until one has sent', async () => {
    const sender = inTurn(
      [way({ result: 'failed', reason: 'a' }), way({ result: 'sent' }), way({ result: 'failed', reason: 'c' })],
      heard,
    );
    expect(await sender?.send(message, never)).toEqual({ result: 'sent' });
    expect(reasons).toEqual(['a']);
  });

  it('fail with the last reason, and are none where there is none', async () => {
    const sender = inTurn([way({ result: 'failed', reason: 'a' }), way({ result: 'failed', reason: 'b' })], heard);
    expect(await sender?.send(message, never)).toEqual({ result: 'failed', reason: 'b' });
    expect(inTurn([], heard)).toBeUndefined();
  });
});
