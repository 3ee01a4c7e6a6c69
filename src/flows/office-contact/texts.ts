// Offices: wording in templates/vi/office-contact.yaml.
import { declareTexts, text, title } from '../texts.js';

export const OFFICE = declareTexts('office-contact', {
  ask: text(),
  askFor: text('agency'),
  found: text('name', 'details'),
  address: text('address'),
  phone: text('phone'),
  hours: text('hours'),
  email: text('email'),
  noDetails: text(),
  noAddress: text(),
  noPhone: text(),
  noEmail: text(),
  noHours: text(),
  noHoursCall: text('phone'),
  noWeekend: text(),
  which: text('list'),
  line: text('n', 'name'),
  notFound: text('province', 'national'),
  unavailable: text('province', 'national', 'portal'),
  number: title('n'),
  another: title(),
  all: title(),
});
