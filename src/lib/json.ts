// Plain JSON as a type: what may stand in state, event payloads and outbox items.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
