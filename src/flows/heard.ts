// One message of a citizen as the flows see it: its text at once, its meaning only when somebody asks.
import { fold } from '../language/fold.js';
import type { Entity, EntityType, Part, Understanding } from '../language/language.js';

export class Heard {
  /** Folded, punctuation and spaces made one space: what short answers are compared with. */
  readonly plain: string;

  constructor(
    readonly text: string,
    private readonly language: { understand(text: string): Understanding },
    private understood?: Understanding,
  ) {
    this.plain = plainWords(text);
  }

  get meaning(): Understanding {
    this.understood ??= this.language.understand(this.text);
    return this.understood;
  }

  /** The meaning where somebody has asked for it. */
  get known(): Understanding | undefined {
    return this.understood;
  }

  entities(type: EntityType): Entity[] {
    return this.meaning.entities.filter((entity) => entity.type === type);
  }

  /** The same words, taken to mean this. */
  taken(as: Partial<Understanding>): Heard {
    return new Heard(this.text, this.language, { ...this.meaning, ...as });
  }

  /** The questions of the message, each as if it had come alone; empty when it asks one thing. */
  questions(): Heard[] {
    return this.meaning.parts.map((part) => {
      const { text, intent, confidence, certain, aspects, query, start } = part;
      const alone = this.language.understand(text);
      const entities = ownEntities(part, start);
      const meaning = { ...alone, intent, confidence, certain, aspects, query, entities, parts: [] };
      return new Heard(text, this.language, meaning);
    });
  }
}

/** With offsets in the part instead of the message; what lies outside of it is left out. */
function ownEntities({ entities, text }: Part, from: number): Entity[] {
  return entities
    .map((entity) => ({ ...entity, start: entity.start - from, end: entity.end - from }))
    .filter(({ start, end }) => start >= 0 && end <= text.length);
}

/** "Gặp  CÁN BỘ!" → "gap can bo". */
export function plainWords(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
