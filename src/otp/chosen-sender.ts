// By which way one-time codes leave: what is set up, in order of preference.
import type { Channel } from '../channels/channel.js';
import type { Log } from '../lib/log.js';
import { inTurn, type OtpSender } from './sender.js';
import { SmsGateway, type SmsGatewayOptions } from './sms-gateway.js';
import { ZaloTemplate } from './zalo-template.js';

export interface SenderSettings {
  channels: { zalo?: { oaId: string } };
  otpSms?: SmsGatewayOptions;
  otpZalo?: { template: string; parameter: string };
}

/** Zalo first, where it is set up: it reaches more people at a lower price. Undefined: none is set up. */
export function chosenSender(
  { channels: { zalo }, otpSms, otpZalo }: SenderSettings,
  channels: readonly Channel[],
  log: Log,
): OtpSender | undefined {
  const channel = channels.find(({ name }) => name === 'zalo');
  const senders: OtpSender[] = [];
  if (otpZalo !== undefined && zalo !== undefined && channel !== undefined)
    senders.push(new ZaloTemplate({ ...otpZalo, channel, account: zalo.oaId }));
  if (otpSms !== undefined) senders.push(new SmsGateway(otpSms));
  return inTurn(senders, (reason) => log.warn({ action: 'otp.not-sent', reason }));
}
