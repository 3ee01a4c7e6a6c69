// One message of a citizen as the flows see it: its text at once, its meaning only when somebody asks.
import { fold } from '../language/fold.js';
import type { Entity, EntityType, Understanding } from '../language/language.js';

export class Heard {
  private understood: Understanding | undefined;
  /** Folded, punctuation and spaces made one space: what short answers are compared with. */
  readonly plain: string;

  constructor(
    readonly text: string,
    private readonly language: { understand(text: string): Understanding },
  ) {
    this.plain = plainWords(text);
  }

  get meaning(): Understanding {
    this.understood ??= this.language.understand(this.text);
    return this.understood;
  }

  entities(type: EntityType): Entity[] {
    return this.meaning.entities.filter((entity) => entity.type === type);
  }
}

/** "Gặp  CÁN BỘ!" → "gap can bo". */
export function plainWords(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
