// A report that is being written: what is known, and what is asked next. Kept in the lane's sealed state until it is sent. Pure.
import type { ReportPlace } from '../../records/feedback.js';

export type ReportDraft = {
  /** When it was begun and when the citizen last added to it, ms. */
  since: number;
  touched: number;
  /** Right doors that were shown. */
  doors?: string[];
  content?: string;
  /** Words that are no story yet. */
  begun?: string;
  /** Looked at beside what this citizen sent within the hour. */
  compared?: true;
  category?: string;
  place?: ReportPlace;
  /** A name in the place that several communes bear. */
  which?: string;
  /** Nothing more is to be said of the place. */
  placed?: true;
  /** Ids of blobs. */
  photos: string[];
  photosDone?: true;
  name?: string;
  phone?: string;
  anonymous?: true;
  publish?: boolean;
};

export type Field = 'what' | 'category' | 'place' | 'photos' | 'contact' | 'consent';
export const FIELDS: readonly Field[] = ['what', 'category', 'place', 'photos', 'contact', 'consent'];

/** What this deployment asks of a report. */
export interface ReportRules {
  /** Whether a report may come without a name and number (domain reference, section 6: the agency's choice). */
  contact: 'required' | 'optional';
  /** Whether pictures can be taken. */
  pictures: boolean;
}

export function newDraft(now: number): ReportDraft {
  return { since: now, touched: now, photos: [] };
}

/** The first question that is still open; undefined when the report is whole. */
export function missing(draft: ReportDraft, rules: ReportRules): Field | undefined {
  if (draft.content === undefined) return 'what';
  if (draft.category === undefined) return 'category';
  if (draft.place === undefined && draft.placed !== true) return 'place';
  if (rules.pictures && draft.photosDone !== true) return 'photos';
  if (!hasContact(draft, rules)) return 'contact';
  return draft.publish === undefined ? 'consent' : undefined;
}

export function hasContact({ name, phone, anonymous }: ReportDraft, { contact }: ReportRules): boolean {
  if (name !== undefined && phone !== undefined) return true;
  return contact === 'optional' && (anonymous === true || phone !== undefined);
}

/** The draft as it was before this was said, so that it is asked again. */
export function without(draft: ReportDraft, field: Field): ReportDraft {
  switch (field) {
    case 'what': {
      const { content: _content, begun: _begun, compared: _compared, ...rest } = draft;
      return rest;
    }
    case 'category': {
      const { category: _category, ...rest } = draft;
      return rest;
    }
    case 'place': {
      const { place: _place, placed: _placed, which: _which, ...rest } = draft;
      return rest;
    }
    case 'photos': {
      const { photosDone: _done, ...rest } = draft;
      return rest;
    }
    case 'contact': {
      const { name: _name, phone: _phone, anonymous: _anonymous, ...rest } = draft;
      return rest;
    }
    case 'consent': {
      const { publish: _publish, ...rest } = draft;
      return rest;
    }
  }
}
