// Bot Framework's storage over the data of one turn: reads what the engine gave, writes what the engine will commit.
import type { Storage, StoreItems } from 'botbuilder';
import type { JsonObject } from '../lib/json.js';

/** Keys look like `<channel>/conversations/<lane>/` and `<channel>/users/<user>/`; one lane holds one of each. */
export class TurnStorage implements Storage {
  private current: JsonObject;

  constructor(data: JsonObject) {
    this.current = data;
  }

  /** The lane's data after the turn. */
  get data(): JsonObject {
    return this.current;
  }

  async read(keys: string[]): Promise<StoreItems> {
    const items: StoreItems = {};
    for (const key of keys) {
      const part = this.current[partOf(key)];
      // A copy of the outer object: Bot Framework changes it in place, and a turn that throws must leave no trace.
      if (typeof part === 'object' && part !== null && !Array.isArray(part)) items[key] = { ...part };
    }
    return items;
  }

  async write(changes: StoreItems): Promise<void> {
    for (const [key, item] of Object.entries(changes) as [string, JsonObject][]) {
      // The engine's commit is the only version check; Bot Framework's tag would be noise in the state.
      const { eTag: _tag, ...state } = item;
      this.current = { ...this.current, [partOf(key)]: state };
    }
  }

  async delete(keys: string[]): Promise<void> {
    const left = { ...this.current };
    for (const key of keys) delete left[partOf(key)];
    this.current = left;
  }
}

function partOf(key: string): 'conversation' | 'user' {
  return key.includes('/users/') ? 'user' : 'conversation';
}
