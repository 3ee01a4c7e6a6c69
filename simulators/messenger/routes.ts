// Which Graph call goes where, once its token is checked.
import type { ApiReply, ApiRequest } from '../platform/exchange.js';
import type { FaultAction } from '../platform/faults.js';
import { checkAccess, type GraphCall, readCall } from './access.js';
import type { Emit } from './events.js';
import { EXPIRED_TOKEN, errorReply, ok, RATE_LIMITED, refuse, UNSUPPORTED } from './graph-error.js';
import { conversation, conversations, message, tokenCall, userProfile } from './lookups.js';
import { messageTemplates, messengerProfile, personas, subscribedApps } from './page-calls.js';
import type { RateCounter } from './rate.js';
import { sendMessage, uploadAttachment } from './sending.js';
import type { MessengerState } from './state.js';
import { threadControl, threadOwner } from './thread-control.js';

export interface GraphParts {
  state: MessengerState;
  emit: Emit;
  rate: RateCounter;
  webhookDisabled(): boolean;
  switchWebhookOn(): void;
}

export function answerGraph(parts: GraphParts, request: ApiRequest): ApiReply {
  const call = readCall(request);
  const tokens = tokenCall(parts.state, call);
  if (tokens) return tokens;
  const refusal = checkAccess(parts.state, call);
  if (refusal) return errorReply(refusal);
  const isPage = call.node === 'me' || call.node === parts.state.page.id;
  return (isPage ? pageEdge(parts, call) : node(parts.state, call)) ?? errorReply(UNSUPPORTED);
}

function pageEdge(
  { state, emit, rate, webhookDisabled, switchWebhookOn }: GraphParts,
  call: GraphCall,
): ApiReply | undefined {
  switch (call.edge) {
    case '':
      return call.method === 'GET' ? ok({ name: state.page.name, id: state.page.id }) : undefined;
    case 'messages':
      return call.method === 'POST' ? sendMessage(state, emit, rate, call) : undefined;
    case 'message_attachments':
      return call.method === 'POST' ? uploadAttachment(state, call) : undefined;
    case 'subscribed_apps':
      return subscribedApps(state, call, webhookDisabled(), switchWebhookOn);
    case 'messenger_profile':
      return messengerProfile(state, rate, call);
    case 'personas':
      return personas(state, call);
    case 'message_templates':
      return messageTemplates(state, call);
    case 'conversations':
      return conversations(state, call);
    case 'thread_owner':
      return threadOwner(state, call.query.get('recipient'));
    default:
      return threadControl(state, emit, call);
  }
}

function node(state: MessengerState, call: GraphCall): ApiReply | undefined {
  if (call.edge !== '') return undefined;
  if (call.method === 'DELETE') return state.personas.delete(call.node) ? ok({ success: true }) : undefined;
  if (call.method !== 'GET') return undefined;
  if (call.node.startsWith('t_')) return conversation(state, call);
  if (call.node.startsWith('m_')) return message(state, call);
  const persona = state.personas.get(call.node);
  return persona ? ok({ ...persona, id: call.node }) : userProfile(state, call);
}

/** Meta's own body for a switched-on fault. */
export function refusalFor(fault: FaultAction): ApiReply {
  if (fault.kind === 'rateLimited') return errorReply(RATE_LIMITED);
  if (fault.kind === 'refuse') return errorReply(refuse(fault.code, 'An error was switched on', fault.subcode));
  return errorReply(EXPIRED_TOKEN);
}
