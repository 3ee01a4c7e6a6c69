// Which conversations there are. A new one is a folder and a line here.

import { doorsFlow } from './doors/flow.js';
import { dossierFlow } from './dossier-tracking/flow.js';
import { emergencyFlow } from './emergency/flow.js';
import { ENGINE_TEXTS } from './engine-texts.js';
import { feedbackFlow } from './feedback/flow.js';
import type { Flow } from './flow.js';
import { HANDOVER_TEXTS } from './handover/texts.js';
import { homeFlow } from './home/flow.js';
import { mineFlow } from './my-dossiers/flow.js';
import { newsFlow } from './news/flow.js';
import { notifyFlow } from './notify/flow.js';
import { officeFlow } from './office-contact/flow.js';
import { penaltiesFlow } from './penalties/flow.js';
import { privacyFlow } from './privacy/flow.js';
import { procedureFlow } from './procedure-lookup/flow.js';
import { ratingFlow } from './rating/flow.js';
import { FlowRegistry } from './registry.js';
import { SERVICE_TEXTS } from './service/texts.js';
import { serviceHelpFlow } from './service-help/flow.js';
import { staffFlow } from './staff-request/flow.js';
import { statisticsFlow } from './statistics/flow.js';
import { talkFlow } from './talk/flow.js';
import type { TextFile } from './texts.js';

const FLOWS: readonly Flow[] = [
  homeFlow,
  talkFlow,
  emergencyFlow,
  procedureFlow,
  dossierFlow,
  mineFlow,
  officeFlow,
  staffFlow,
  serviceHelpFlow,
  doorsFlow,
  statisticsFlow,
  newsFlow,
  privacyFlow,
  notifyFlow,
  penaltiesFlow,
  ratingFlow,
  feedbackFlow,
];

/** Every flow, by name, address and intent. */
export const flows = new FlowRegistry(FLOWS);

/** Every template file that the code knows, for `loadTexts`. */
export const TEXT_FILES: readonly TextFile[] = [
  SERVICE_TEXTS,
  ENGINE_TEXTS,
  HANDOVER_TEXTS,
  ...FLOWS.map(({ texts }) => texts),
];
