// The one question that tells near-duplicates apart, in a citizen's words. Which question it is decides catalogue/separation.ts.
import type { Dimension } from '../../catalogue/traits.js';
import type { Aspect } from '../../language/language.js';
import type { Choice, Step, StepResult, Turn } from '../flow.js';
import { type Heard, plainWords } from '../heard.js';
import { choice, say } from '../message.js';
import type { TextKey } from '../texts.js';
import { type Apart, procedureAddress, readApart, readAspects, whichAddress } from './addresses.js';
import { PROC } from './texts.js';

const QUESTION: Readonly<Record<Dimension, TextKey>> = {
  act: PROC.apartAct,
  foreign: PROC.apartForeign,
  border: PROC.apartBorder,
  level: PROC.apartLevel,
  who: PROC.apartWho,
  vehicle: PROC.apartVehicle,
  age: PROC.apartAge,
  online: PROC.apartOnline,
};

const ANSWER: Readonly<Record<string, TextKey>> = {
  'act:first': PROC.actFirst,
  'act:again': PROC.actAgain,
  'act:exchange': PROC.actExchange,
  'act:amend': PROC.actAmend,
  'act:extend': PROC.actExtend,
  'act:end': PROC.actEnd,
  'act:suspend': PROC.actSuspend,
  'act:transfer': PROC.actTransfer,
  'foreign:none': PROC.foreignNone,
  'foreign:foreign': PROC.foreignSome,
  'border:none': PROC.borderNone,
  'border:border': PROC.borderSome,
  'level:commune': PROC.levelCommune,
  'level:province': PROC.levelProvince,
  'level:ministry': PROC.levelMinistry,
  'who:person': PROC.whoPerson,
  'who:organisation': PROC.whoOrganisation,
  'vehicle:motorbike': PROC.vehicleMotorbike,
  'vehicle:car': PROC.vehicleCar,
  'age:child': PROC.ageChild,
  'age:adult': PROC.ageAdult,
  'online:full': PROC.onlineAll,
  'online:partial': PROC.onlineThere,
};

type ApartMemory = Apart & { aspects: Aspect[] };

export const apart: Step<ApartMemory> = {
  read([dimension, groups, aspects]) {
    const read = readApart(dimension, groups);
    return read?.choices.every(({ value }) => ANSWER[`${read.dimension}:${value}`] !== undefined)
      ? { ...read, aspects: readAspects(aspects) }
      : undefined;
  },
  show(turn, memory) {
    const { texts } = turn.services;
    const none = choice(texts.format(PROC.noneOfThese), 'proc.none');
    const choices = [...choicesOf(turn, memory), none];
    return { say: [say(texts.format(QUESTION[memory.dimension]), choices)], wait: memory, pick: choices };
  },
  /** A part of one answer's words is enough: "nước ngoài". */
  hear(turn, heard, memory): StepResult | undefined {
    const meant = choicesOf(turn, memory).filter(({ title }) => saysPartOf(heard, title));
    const [only, another] = meant;
    return only === undefined || another !== undefined ? undefined : { go: only.payload };
  },
};

function choicesOf({ services: { texts } }: Turn, { dimension, choices, aspects }: ApartMemory): Choice[] {
  return choices.flatMap(({ value, codes }) => {
    const key = ANSWER[`${dimension}:${value}`];
    const [first, another] = codes;
    if (key === undefined || first === undefined) return [];
    const leads = another === undefined ? procedureAddress(first, aspects) : whichAddress(codes, aspects);
    return [choice(texts.format(key), leads)];
  });
}

function saysPartOf({ plain }: Heard, title: string): boolean {
  return plain.length >= 2 && ` ${plainWords(title)} `.includes(` ${plain} `);
}
