// Invented applicants. Names are plainly made up ("Nguyễn Văn Mẫu"); phones are 095000xxxx, a mobile prefix whose
// operator closed years ago; ID numbers begin with 099, a place code that no province has. Nobody real is meant.
import type { Random } from './random.js';
import type { People } from './sample-data.js';

export interface Applicant {
  name: string;
  /** Ten digits, 095000xxxx. */
  phone: string;
  /** Twelve digits, 099… */
  idNumber: string;
}

export function inventApplicants(people: People, count: number, random: Random): Applicant[] {
  const phones = new Set<string>();
  while (phones.size < count) phones.add(`095000${random.between(1000, 9999)}`);
  return [...phones].map((phone) => ({
    name: [random.pick(people.surnames), random.pick(people.middleNames), random.pick(people.inventedNames)].join(' '),
    phone,
    idNumber: `099${random.between(0, 3)}${random.between(10, 99)}${random.between(100_000, 999_999)}`,
  }));
}

/** The last four digits of the phone or of the ID number prove the applicant. */
export function isProofOf(applicant: Applicant, proof: string): boolean {
  return applicant.phone.endsWith(proof) || applicant.idNumber.endsWith(proof);
}

/** A Vietnamese mobile number in its ten-digit form, or undefined when it is none. */
export function normalPhone(written: string): string | undefined {
  const digits = written.replace(/[\s.-]/g, '').replace(/^\+?84/, '0');
  return /^0[35789]\d{8}$/.test(digits) ? digits : undefined;
}
