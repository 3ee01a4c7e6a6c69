// Staff of the desk: who may sign in and what they may do where. Written by the system lane `desk:staff:<id>` alone.
import { z } from 'zod';
import type { DocumentKind } from './documents.js';

export const ROLES = ['officer', 'supervisor', 'content-editor', 'administrator', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Every agency there is. */
export const ALL_AGENCIES = '*';

/** A role in one agency, or in all. */
export type Grant = { agency: string; role: Role };

export type StaffMember = {
  /** Lower case; what they sign in with. */
  username: string;
  name: string;
  grants: Grant[];
  /** `scrypt$…`: see desk/passwords. */
  password: string;
  /** The password was given by somebody else: it must be changed at the next sign-in. */
  mustChange: boolean;
  disabled: boolean;
  createdAt: number;
  changedAt: number;
};

export const STAFF_MEMBER: DocumentKind<StaffMember> = {
  name: 'staff',
  body: z.object({
    username: z.string().min(1).max(60),
    name: z.string().min(1).max(100),
    grants: z.array(z.object({ agency: z.string().min(1).max(100), role: z.enum(ROLES) })).max(50),
    password: z.string().max(400),
    mustChange: z.boolean(),
    disabled: z.boolean(),
    createdAt: z.number(),
    changedAt: z.number(),
  }) as unknown as z.ZodType<StaffMember>,
  indexes: {
    username: ({ username }) => [username],
    name: ({ name }) => [name],
    /** Whose rights may have changed, for those who watch. */
    changed: ({ changedAt }) => [changedAt],
  },
};

/** Who is on duty at the desk now. Written by the lane `desk:duty:<user>`; over at `until` unless renewed. */
export type Duty = {
  agencies: string[];
  name: string;
  /** How many conversations they take at once. */
  room: number;
  since: number;
  until: number;
};

export const DUTY: DocumentKind<Duty> = {
  name: 'duty',
  body: z.object({
    agencies: z.array(z.string().max(100)).max(50),
    name: z.string().max(100),
    room: z.number().int().min(1).max(50),
    since: z.number(),
    until: z.number(),
  }) as unknown as z.ZodType<Duty>,
  indexes: { until: ({ until }) => [until] },
  keepUntil: ({ until }) => until,
};
