// Reaching people: wording in templates/vi/staff-request.yaml.
import { declareTexts, text, title } from '../texts.js';

export const STAFF = declareTexts('staff-request', {
  contact: text('province', 'national'),
  officeLine: text('name', 'phone'),
  withOffices: text('contact', 'list'),
  findOffice: title(),
});
