// Calls about the Page itself: webhook subscription, Messenger profile, personas, utility templates.
import type { ApiReply } from '../platform/exchange.js';
import { digits } from '../platform/ids.js';
import { asArray, asObject, asString, isHttpUrl, type JsonObject } from '../platform/json.js';
import type { GraphCall } from './access.js';
import { errorReply, type GraphRefusal, invalidParam, ok, RATE_LIMITED, refuse, tooLong } from './graph-error.js';
import type { RateCounter } from './rate.js';
import type { MessengerState } from './state.js';

/** /{page}/subscribed_apps. `switchOn` brings a webhook back that was switched off after long failure. */
export function subscribedApps(
  state: MessengerState,
  call: GraphCall,
  disabled: boolean,
  switchOn: () => void,
): ApiReply {
  if (call.method === 'GET') {
    const app = { id: state.app.id, name: 'bot', subscribed_fields: [...state.subscribedFields] };
    return ok({ data: disabled || state.subscribedFields.size === 0 ? [] : [app] });
  }
  if (call.method === 'DELETE') {
    state.subscribedFields.clear();
    return ok({ success: true });
  }
  const given = call.query.get('subscribed_fields') ?? call.fields?.subscribed_fields;
  const fields = (asArray(given)?.map(String) ?? asString(given)?.split(',') ?? [])
    .map((name) => name.trim())
    .filter(Boolean);
  if (fields.length === 0) return errorReply(refuse(100, 'The parameter subscribed_fields is required'));
  state.subscribedFields = new Set(fields);
  switchOn();
  return ok({ success: true });
}

/** /me/messenger_profile */
export function messengerProfile(state: MessengerState, rate: RateCounter, call: GraphCall): ApiReply {
  if (!rate.takeProfile()) return errorReply(RATE_LIMITED);
  if (call.method === 'GET') {
    const wanted = (call.query.get('fields') ?? Object.keys(state.profile).join(',')).split(',');
    const entries = wanted.filter((name) => name in state.profile).map((name) => [name, state.profile[name]]);
    return ok({ data: entries.length === 0 ? [] : [Object.fromEntries(entries)] });
  }
  const fields = Object.fromEntries(Object.entries(call.fields ?? {}).filter(([name]) => name !== 'access_token'));
  if (call.method === 'DELETE') {
    for (const name of asArray(fields.fields) ?? []) delete state.profile[String(name)];
    return ok({ result: 'success' });
  }
  const refusal = checkProfile({ ...state.profile, ...fields });
  if (refusal) return errorReply(refusal);
  Object.assign(state.profile, fields);
  return ok({ result: 'success' });
}

function checkProfile(profile: JsonObject): GraphRefusal | undefined {
  const start = asString(asObject(profile.get_started)?.payload);
  if (profile.get_started !== undefined && (start === undefined || start === ''))
    return invalidParam('get_started[payload]');
  if (start !== undefined && start.length > 1000) return tooLong('get_started[payload]', 1000);
  for (const greeting of (asArray(profile.greeting) ?? []).map(asObject)) {
    const text = asString(greeting?.text);
    if (text === undefined || asString(greeting?.locale) === undefined) return invalidParam('greeting');
    if (text.length > 160) return tooLong('greeting[text]', 160);
  }
  return checkMenu(profile, start) ?? checkIceBreakers(profile.ice_breakers);
}

function checkMenu({ persistent_menu: value }: JsonObject, start: string | undefined): GraphRefusal | undefined {
  if (value === undefined) return undefined;
  if (start === undefined)
    return refuse(100, 'You must set a Get Started button if you wish to use the persistent menu');
  const menus = (asArray(value) ?? []).map(asObject);
  if (!menus.some((menu) => menu?.locale === 'default'))
    return refuse(100, 'persistent_menu needs an entry with locale default');
  for (const menu of menus) {
    const items = (asArray(menu?.call_to_actions) ?? []).map(asObject);
    if (items.length > 20) return refuse(100, 'persistent_menu has too many items: at most 20');
    for (const item of items) {
      const title = asString(item?.title) ?? '';
      if (title === '') return invalidParam('persistent_menu[call_to_actions][title]');
      if (title.length > 30) return tooLong('persistent_menu[call_to_actions][title]', 30);
      const fine =
        item?.type === 'web_url' ? isHttpUrl(item.url) : item?.type === 'postback' && isPayload(item.payload);
      if (!fine) return invalidParam('persistent_menu[call_to_actions]');
    }
  }
  return undefined;
}

function checkIceBreakers(value: unknown): GraphRefusal | undefined {
  if (value === undefined) return undefined;
  const sets = (asArray(value) ?? []).map(asObject);
  if (!sets.some((set) => set?.locale === 'default'))
    return refuse(100, 'ice_breakers needs an entry with locale default');
  for (const set of sets) {
    const questions = (asArray(set?.call_to_actions) ?? []).map(asObject);
    if (questions.length === 0 || questions.length > 4) return refuse(100, 'ice_breakers has 1 to 4 questions');
    if (questions.some((item) => asString(item?.question) === undefined || !isPayload(item?.payload)))
      return invalidParam('ice_breakers');
  }
  return undefined;
}

function isPayload(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= 1000;
}

/** /{page}/personas */
export function personas(state: MessengerState, call: GraphCall): ApiReply {
  if (call.method === 'GET') return ok({ data: [...state.personas].map(([id, persona]) => ({ id, ...persona })) });
  const name = asString(call.fields?.name) ?? '';
  const picture = call.fields?.profile_picture_url;
  if (name === '') return errorReply(invalidParam('name'));
  if (name.length > 50) return errorReply(tooLong('name', 50));
  if (!isHttpUrl(picture)) return errorReply(invalidParam('profile_picture_url'));
  const id = digits(16);
  state.personas.set(id, { name, profile_picture_url: picture });
  return ok({ id });
}

/** /{page}/message_templates: approved at once. */
export function messageTemplates(state: MessengerState, call: GraphCall): ApiReply {
  if (call.method === 'GET') {
    const name = call.query.get('name');
    return ok({
      data: [...state.utilityTemplates.values()].filter((template) => name === null || template.name === name),
    });
  }
  const { name, language, category, components } = call.fields ?? {};
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name)) return errorReply(invalidParam('name'));
  if (typeof language !== 'string' || category !== 'UTILITY') return errorReply(invalidParam('category'));
  const text = asString((asArray(components) ?? []).map(asObject).find((part) => part?.type === 'BODY')?.text);
  if (text === undefined || /^\s*\{\{|\}\}\s*$/.test(text)) return errorReply(refuse(100, 'INCORRECT_PARAMS'));
  const id = digits(15);
  state.utilityTemplates.set(id, { id, name, language, status: 'APPROVED' });
  return ok({ id, status: 'APPROVED', category: 'UTILITY' });
}
