// Addresses of dossier tracking. They carry codes only: a code alone opens nothing personal.
import type { Address } from '../flow.js';

/** National shapes, domain reference section 2.1 (QCVN 102:2016, QĐ 20/2020). */
const CODE = /^(?:\d{3}\.\d{2}\.\d{2,3}\.[GHK]\d{2}|[GHK]\d{2}(?:\.\d{1,3}){0,4})-\d{6}-\d{3,6}$/;

export const MOST_CODES = 3;

export function readDossierCode(text: string | undefined): string | undefined {
  const code = text?.trim().toUpperCase();
  return code !== undefined && CODE.test(code) ? code : undefined;
}

export function readDossierCodes(text: string | undefined): string[] {
  const codes = (text ?? '').split(',').map(readDossierCode);
  return [...new Set(codes.filter((code) => code !== undefined))].slice(0, MOST_CODES);
}

export function dossierAddress(codes: readonly string[]): Address {
  const [code, another] = codes;
  return another === undefined ? `dossier.show:${code}` : `dossier.many:${codes.slice(0, MOST_CODES).join(',')}`;
}

export function proveAddress(code: string): Address {
  return `dossier.prove:${code}`;
}
