// Every kind of document there is. A new one is a file of its own and a line here.
import type { DocumentKind } from './documents.js';

export const DOCUMENT_KINDS: readonly DocumentKind[] = [];
