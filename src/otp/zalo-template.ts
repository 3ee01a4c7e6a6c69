// Sends a code as a Zalo template message to the phone number: it reaches whoever has Zalo under that number, and costs money.
import { templateActivity } from '../channels/activity.js';
import type { Channel } from '../channels/channel.js';
import { citizenLane } from '../lib/ids.js';
import type { OtpMessage, OtpSender, OtpSent } from './sender.js';

export interface ZaloTemplateOptions {
  channel: Pick<Channel, 'render' | 'send'>;
  /** The OA that sends. */
  account: string;
  /** Id of the approved template. */
  template: string;
  /** The template's parameter that takes the code. */
  parameter: string;
}

export class ZaloTemplate implements OtpSender {
  constructor(private readonly options: ZaloTemplateOptions) {}

  async send({ phone, code, key }: OtpMessage, signal: AbortSignal): Promise<OtpSent> {
    const { channel, account, template, parameter } = this.options;
    const [call] = channel.render(
      templateActivity({
        template,
        parameters: [{ name: parameter, value: code }],
        phone: `84${phone.slice(1)}`,
        tracking: key.replace(/[^A-Za-z0-9]/g, ''),
      }),
    );
    if (call === undefined) return { result: 'failed', reason: 'zalo.no-template' };
    // By phone: the account alone counts of this lane.
    const lane = citizenLane({ channel: 'zalo', account, user: 'otp' });
    const sent = await channel.send(lane, call.body, { ref: key, priority: 'reply', signal });
    // What may have arrived is not paid for twice; the citizen can ask for another.
    if (sent.outcome === 'sent' || sent.outcome === 'unknown') return { result: 'sent' };
    return { result: 'failed', reason: sent.reason };
  }
}
