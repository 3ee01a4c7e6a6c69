// The few numbers and addresses that several flows name. They are configuration: templates/vi/service.yaml.

import type { TextFile, Texts } from '../texts.js';
import { declareTexts, text } from '../texts.js';

export const SERVICE = declareTexts('service', {
  portal: text(),
  nationalHotline: text(),
  provinceHotline: text(),
});

export const SERVICE_TEXTS: TextFile = { name: 'service', keys: SERVICE };

export interface ServiceFacts {
  /** Official portal, for citizens to open. */
  portal: string;
  /** Support of the national portal. */
  national: string;
  /** The province's call centre. */
  province: string;
}

export function serviceFacts(texts: Texts): ServiceFacts {
  return {
    portal: texts.format(SERVICE.portal),
    national: texts.format(SERVICE.nationalHotline),
    province: texts.format(SERVICE.provinceHotline),
  };
}
