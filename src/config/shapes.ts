// Shapes that values of settings have in common. No setting is named here.
import { z } from 'zod';

export const flagless = z.string().trim();
export const url = flagless.pipe(z.url({ protocol: /^https?$/ })).transform((text) => text.replace(/\/+$/, ''));
const MEDIA_HOST = /^(https?:\/\/[a-z0-9.:[\]-]+|[a-z0-9-]+(\.[a-z0-9-]+)+)$/;
export const idDigits = flagless.regex(/^\d{5,25}$/, 'digits only, as the platform shows it');
/** Domains, or origins for tests and simulators; separated by commas. */
export const mediaHosts = flagless
  .transform((text) => text.split(',').map((part) => part.trim().replace(/\/+$/, '').toLowerCase()))
  .refine((hosts) => hosts.every((host) => MEDIA_HOST.test(host)), 'domains such as example.com, separated by commas');
export const secret = flagless.min(1).max(4000);
/** During a rotation two secrets are accepted: the new one first, separated by a comma. */
export const secretPair = secret
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine((parts) => parts.length > 0, 'there is no secret in it');
