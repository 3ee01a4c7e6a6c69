// All finders in their order of precedence: what is claimed as a code is no phone, what is a phone is no date.
import type { Entity } from '../language.js';
import { findAgencies } from './agencies.js';
import { findAspects } from './aspects.js';
import { findDates } from './dates.js';
import { findDossierCodes } from './dossier-codes.js';
import type { FoldedText } from './folded-text.js';
import { type Gazetteer, gazetteerFrom } from './gazetteer.js';
import { findNumbers } from './numbers.js';
import { findPersons } from './persons.js';
import { PlaceReading } from './place-reading.js';
import { findPlaces } from './places.js';
import { overlaps } from './plain.js';

const PROVINCES_ALONE = gazetteerFrom('');

/** Entities in order of position. Codes, numbers and dates never overlap; an aspect or person may lie inside nothing else but an agency. */
export function findEntities(
  message: string,
  folded: FoldedText,
  now: number,
  gazetteer: Gazetteer = PROVINCES_ALONE,
): Entity[] {
  const dossiers = findDossierCodes(message, now);
  const sure = dossiers.filter((entity) => entity.type === 'dossier-code');
  const numbers = findNumbers(message, sure);
  // A near miss of a dossier code gives way to a number that is complete as something else.
  const partial = dossiers.filter(
    (entity) => entity.type !== 'dossier-code' && !numbers.some((other) => claims(other, entity)),
  );
  const figures = [
    ...sure,
    ...partial,
    ...numbers.filter((entity) => !partial.some((other) => overlaps(entity, other))),
  ];
  const dates = findDates(message, folded, now, figures);
  const reading = new PlaceReading(message, folded, gazetteer);
  const agencies = findAgencies(message, folded, reading);
  const places = findPlaces(reading).filter((place) => !agencies.some((agency) => overlaps(place, agency)));
  const words = [...findAspects(message, folded), ...findPersons(message, folded)].filter(
    (entity) => ![...figures, ...agencies].some((other) => overlaps(entity, other)),
  );
  return [...figures, ...dates, ...agencies, ...places, ...words].sort((a, b) => a.start - b.start || a.end - b.end);
}

function claims(number: Entity, partial: Entity): boolean {
  if (!overlaps(number, partial)) return false;
  return (
    number.type === 'phone' ||
    number.type === 'procedure-code' ||
    number.type === 'email' ||
    !/[GHK]|-/.test(partial.value)
  );
}
