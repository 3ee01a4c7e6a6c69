import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { cleanUpAfterEach, startPortal } from './running-portal.js';

const schema = z.object({ required: z.array(z.string()).optional(), properties: z.record(z.string(), z.unknown()) });
const contract = z
  .object({
    components: z.object({ schemas: z.record(z.string(), schema) }),
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  })
  .parse(parse(readFileSync(join(__dirname, '../../../docs/portal-api.yaml'), 'utf8')));

/** Fields that are missing or that the contract does not know, e.g. `-name`, `+colour`. */
function deviations(name: string, value: object): string[] {
  const { required = [], properties } = contract.components.schemas[name] ?? { properties: {} };
  return [
    ...required.filter((field) => !(field in value)).map((field) => `-${field}`),
    ...Object.keys(value)
      .filter((field) => !(field in properties))
      .map((field) => `+${field}`),
  ];
}

describe('the portal and its contract', () => {
  cleanUpAfterEach();

  it('serves every path and method of the contract', async () => {
    const { fetch, portal } = await startPortal();
    for (const [path, methods] of Object.entries(contract.paths)) {
      for (const method of Object.keys(methods)) {
        const answer = await fetch(path.replace('{code}', 'x'), {
          method: method.toUpperCase(),
          headers: { 'X-Api-Key': portal.apiKey },
        });
        expect([path, method, answer.status]).not.toEqual([path, method, 405]);
        expect(answer.body.message ?? '').not.toContain('This path');
      }
    }
  });

  it('answers with the fields of the contract and no others', async () => {
    const { get, portal } = await startPortal();
    const { items: procedures } = (await get('/procedures')).body;
    for (const procedure of procedures) expect(deviations('Procedure', procedure)).toEqual([]);
    for (const { code, proof } of portal.hints().dossiers) {
      const dossier = (await get(`/dossiers/${code}`, { 'X-Applicant-Proof': proof })).body;
      expect(deviations('Dossier', dossier)).toEqual([]);
    }
    const problem = (await get('/dossiers/unknown')).body;
    expect(deviations('Problem', problem)).toEqual([]);
  });
});
