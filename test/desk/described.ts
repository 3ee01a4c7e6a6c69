// docs/desk-api.yaml as the tests read it: its operations, and whether an answer is what it says. The part of JSON Schema that it
// uses, stricter in one thing: a property that is not described is a fault.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Schema = Readonly<Record<string, unknown>>;

export interface Operation {
  method: string;
  /** With `:name` for a parameter. */
  path: string;
  permission: string;
  parameters: readonly string[];
  responses: ReadonlyMap<number, Schema>;
}

export const document = parse(readFileSync(join(__dirname, '../../docs/desk-api.yaml'), 'utf8')) as Schema;

export const OPERATIONS: readonly Operation[] = Object.entries(document.paths as Record<string, Schema>).flatMap(
  ([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      if (method === 'parameters') return [];
      const { responses, parameters = [], 'x-permission': permission } = operation as Record<string, unknown>;
      return [
        {
          method,
          path: path.replace(/\{(\w+)\}/g, ':$1'),
          permission: String(permission),
          parameters: [...list(item.parameters), ...list(parameters)].map(({ name }) => String(name)),
          responses: new Map(
            Object.entries(responses as Record<string, Schema>).map(([status, one]) => [Number(status), resolved(one)]),
          ),
        },
      ];
    }),
);

/** What is wrong with an answer, by its place; nothing when it is as described. */
export function faults(operation: Operation, status: number, type: string, body: unknown): string[] {
  const response = operation.responses.get(status);
  if (response === undefined) return [`${status} is not described`];
  const content = (response.content ?? {}) as Record<string, Schema>;
  const media = content[type] ?? content['*/*'];
  if (media === undefined) return [`${status} ${type} is not described`];
  if (type !== 'application/json') return [];
  return check(media.schema as Schema, body, '$');
}

export function resolved(schema: Schema): Schema {
  const { $ref } = schema;
  if ($ref === undefined) return schema;
  const path = String($ref).replace(/^#\//, '').split('/');
  const found = path.reduce<unknown>((at, name) => (at as Schema | undefined)?.[name], document);
  if (found === undefined) throw new Error(`${String($ref)} leads nowhere`);
  return resolved(found as Schema);
}

function list(parameters: unknown): Schema[] {
  return ((parameters ?? []) as Schema[]).map(resolved);
}

function check(given: Schema, value: unknown, at: string): string[] {
  const schema = flat(given);
  if (schema.const !== undefined && value !== schema.const) return [`${at} is not ${String(schema.const)}`];
  if (schema.enum !== undefined)
    return (schema.enum as unknown[]).includes(value) ? [] : [`${at} is ${JSON.stringify(value)}`];
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types !== undefined && !types.some((type) => isOf(String(type), value)))
    return [`${at} is no ${types.join('|')}`];
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Number.MAX_SAFE_INTEGER } = schema as { minItems?: number; maxItems?: number };
    const wrong = value.length < minItems || value.length > maxItems ? [`${at} has ${value.length} items`] : [];
    return [...wrong, ...value.flatMap((item, i) => check((schema.items ?? {}) as Schema, item, `${at}[${i}]`))];
  }
  if (value === null || typeof value !== 'object') return [];
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const missing = ((schema.required ?? []) as string[]).filter((name) => !(name in value));
  return [
    ...missing.map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const property = properties[name];
      if (property !== undefined) return check(property, inner, `${at}.${name}`);
      return schema.additionalProperties === true ? [] : [`${at}.${name} is not described`];
    }),
  ];
}

/** With everything of `allOf` in one. */
function flat(given: Schema): Schema {
  const schema = resolved(given);
  const { allOf } = schema;
  if (allOf === undefined) return schema;
  const parts = (allOf as Schema[]).map(flat);
  return {
    required: parts.flatMap(({ required }) => (required ?? []) as string[]),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)) as Schema,
  };
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'object':
      return value !== null && typeof value === 'object' && !Array.isArray(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}
