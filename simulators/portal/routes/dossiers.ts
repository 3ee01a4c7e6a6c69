// GET /dossiers/{code} and GET /dossiers: one dossier by its code, or those of a phone. Personal fields only after the
// right proof.
import { ok, type Route } from '../http.js';
import { isProofOf, normalPhone } from '../people.js';
import type { Portal } from '../portal.js';
import { badRequest, notFound, Problem } from '../problem.js';
import type { Dossier } from '../schemas.js';

/** What anybody may see who has the code. */
export function publicView(dossier: Dossier): Dossier {
  const { applicant: _a, statusReason: _r, missingDocuments: _m, fee: _f, history: _h, ...visible } = dossier;
  return visible;
}

export function dossierRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'GET',
      path: '/dossiers/{code}',
      handle(request) {
        const code = request.param('code');
        const proof = request.header('x-applicant-proof');
        if (proof !== undefined && !/^\d{4}$/.test(proof)) {
          throw badRequest('bad-proof', 'X-Applicant-Proof is four digits');
        }
        const record = portal.state.dossiers.get(code);
        if (record === undefined) throw notFound('This dossier');
        if (proof === undefined) return ok(publicView(record.dossier));
        const { proofLocks } = portal.state;
        const now = portal.clock.now();
        const wait = proofLocks.lockedFor(code, now);
        if (wait > 0) {
          throw new Problem(429, 'too-many-proofs', 'Too many wrong proofs for this dossier', {
            'Retry-After': String(wait),
          });
        }
        if (!isProofOf(record.applicant, proof)) {
          proofLocks.countWrong(code, now);
          throw new Problem(403, 'proof-mismatch', 'The digits are not those of the applicant');
        }
        proofLocks.forgive(code);
        return ok(record.dossier);
      },
    },
    {
      method: 'GET',
      path: '/dossiers',
      handle(request) {
        const phone = normalPhone(request.header('x-applicant-phone') ?? '');
        if (phone === undefined) throw badRequest('bad-phone', 'X-Applicant-Phone must be a Vietnamese mobile number');
        const items = [...portal.state.dossiers.values()]
          .filter((record) => record.applicant.phone === phone)
          .map((record) => publicView(record.dossier))
          .sort((one, other) => other.submittedAt.localeCompare(one.submittedAt));
        return ok({ items });
      },
    },
  ];
}
