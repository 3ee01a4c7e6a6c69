// Zalo's events that need nothing from us, each with the reason. Those that do are handled in parse.ts.

export const RECEIPTS: ReadonlySet<string> = new Set(['user_seen_message', 'user_received_message']);

const IGNORED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    reaction: ['user_reacted_message', 'oa_reacted_message'],
    'anonymous-visitor': [
      'anonymous_send_text',
      'anonymous_send_image',
      'anonymous_send_file',
      'anonymous_send_sticker',
      'oa_send_anonymous_text',
      'oa_send_anonymous_image',
      'oa_send_anonymous_file',
      'oa_send_anonymous_sticker',
    ],
    call: ['oa_send_consent', 'user_reply_consent', 'user_call_oa', 'oa_call_user'],
    'oa-administration': ['add_user_to_tag', 'remove_user_from_tag', 'remove_tag', 'update_user_info'],
    'template-service': [
      'change_oa_daily_quota',
      'change_template_status',
      'change_template_quality',
      'change_template_quota',
      'change_oa_template_tags',
      'user_feedback',
      'user_click_response_button',
      'event_journey_time_out',
      'event_journey_acknowledged',
    ],
    'other-product': [
      'widget_interaction_accepted',
      'widget_failed_to_sync_user_external_id',
      'extension_purchased',
      'shop_has_order',
    ],
  }).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)),
);

/** Why the event is left alone, or undefined when it is not of a kind we leave alone. Every event of group chats is. */
export function ignoreReason(name: string): string | undefined {
  return IGNORED.get(name) ?? (/(?:^|_)groups?(?:_|$)/.test(name) ? 'group-chat' : undefined);
}
