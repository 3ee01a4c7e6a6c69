// docs/desk-api.yaml and the desk's routes say the same, both ways; its answers are as it describes them (rights.test.ts checks every
// answer of every route).
import { PERMISSIONS } from '../../src/desk/permissions.js';
import { document, faults, OPERATIONS, resolved } from './described.js';
import { closeStages, type OfficeStage, officeStage } from './office-stage.js';

let stage: OfficeStage;

beforeAll(async () => {
  stage = await officeStage();
});
afterAll(closeStages);

describe('docs/desk-api.yaml', () => {
  it('has every route with its permission, and no other', () => {
    const described = OPERATIONS.map(({ method, path, permission }) => `${method} ${path} ${permission}`);
    const served = stage.desk.routes.map(({ method, path, needs }) => `${method} ${path} ${needs}`);
    expect(described.sort()).toEqual(served.sort());
  });

  it('names the permissions there are', () => {
    const { components } = document as { components: { schemas: { Permission: { enum: string[] } } } };
    expect(components.schemas.Permission.enum).toEqual([...PERMISSIONS]);
  });

  it('has a place for every parameter of a path, and refers to nothing that is not there', () => {
    for (const { path, parameters } of OPERATIONS)
      for (const [, name] of path.matchAll(/:(\w+)/g)) expect(parameters).toContain(name);
    const visit = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return;
      if ('$ref' in value) resolved(value as Record<string, unknown>);
      for (const inner of Object.values(value)) visit(inner);
    };
    expect(() => visit(document)).not.toThrow();
  });

  it('says of every route what it answers to those who may not', () => {
    for (const { method, path, permission, responses } of OPERATIONS) {
      const statuses = permission === 'public' ? [200, 503] : [200, 401, 403, 503];
      expect([`${method} ${path}`, ...statuses.filter((status) => !responses.has(status))]).toEqual([
        `${method} ${path}`,
      ]);
    }
  });

  it('would notice an answer that is not as described', () => {
    const me = OPERATIONS.find(({ path }) => path === '/me');
    if (me === undefined) throw new Error('no /me');
    const body = { id: 'a', username: 'a', name: 'A', mustChange: false, csrf: 'x', agencies: [], everywhere: [] };
    expect(faults(me, 200, 'application/json', body)).toEqual([]);
    const wrong = { ...body, mustChange: 1, csrf: undefined, everywhere: ['fly'], shoe: 1 };
    expect(faults(me, 200, 'application/json', wrong)).toEqual([
      '$.mustChange is no boolean',
      '$.csrf is no string',
      '$.everywhere[0] is "fly"',
      '$.shoe is not described',
    ]);
    expect(faults(me, 418, 'application/json', body)).toEqual(['418 is not described']);
  });
});
