// Fills an approved template with what a notice says. Pure; what is too long for a parameter ends at a word.
import type { TemplateMessage } from '../../channels/activity.js';
import { shortened } from '../paging.js';
import type { Texts } from '../texts.js';
import type { TemplateRule } from './rules.js';
import { NOTIFY } from './texts.js';

export function filled(
  texts: Texts,
  { template, language, parameters }: TemplateRule,
  values: Readonly<Record<string, string>>,
): TemplateMessage {
  const missing = texts.format(NOTIFY.noValue);
  return {
    template,
    ...(language === undefined ? {} : { language }),
    parameters: parameters.map(({ name, value, most }) => {
      const text = values[value]?.trim();
      return { name, value: shortened(text === undefined || text === '' ? missing : text, most) };
    }),
  };
}
