// What a message may mean: the likely intents with a number each, all intents and all procedures by search.
import { Button, Kbd, Select, Text, UnstyledButton } from '@mantine/core';
import { IconTrashX } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Label, NotUnderstoodView } from '../../../../src/desk/api.js';
import { folded } from '../../parts/format.js';
import { useKeys } from '../../shell/keys.js';
import { buttonPlace, INTENTS, NOT_UNDERSTOOD as T } from '../../texts/not-understood.js';
import { intentName } from '../../texts/ticket.js';
import classes from './not-understood.module.css';
import { ProcedureSearch, useProcedureName } from './procedure-search.js';

const MOST_NUMBERED = 8;
/** What nobody at an office can do anything with: its own key. */
const NONE = 'none';
const ABOUT = new Map(INTENTS);

interface Choice {
  key: string;
  name: string;
  about: string | undefined;
  label: Label;
}

export interface ChoicesProps {
  message: NotUnderstoodView;
  label: Label | undefined;
  give: (label: Label) => void;
}

export function Choices({ message, label, give }: ChoicesProps) {
  const intents = useRef<HTMLInputElement>(null);
  const procedures = useRef<HTMLInputElement>(null);
  const chosen = message.chosen === undefined ? undefined : buttonPlace(message.chosen).procedure;
  const name = useProcedureName(chosen);
  const choices = numbered(message, name);
  useKeys({
    ...Object.fromEntries(choices.map((choice) => [choice.key, () => give(choice.label)])),
    y: () => intents.current?.focus(),
    '/': () => procedures.current?.focus(),
  });
  return (
    <section className={classes.choices} aria-labelledby="meaning">
      <h2 id="meaning" className={classes.question}>
        {T.meaning}
      </h2>
      <div className={classes.numbered}>
        {choices.map((choice) => (
          <UnstyledButton
            key={choice.key}
            className={classes.choice}
            aria-pressed={same(choice.label, label)}
            aria-keyshortcuts={choice.key}
            onClick={() => give(choice.label)}
          >
            <Kbd aria-hidden="true">{choice.key}</Kbd>
            <span className={classes.choiceText}>
              <span className={classes.choiceName}>{choice.name}</span>
              {choice.about !== undefined && (
                <Text component="span" size="xs" c="dimmed">
                  {choice.about}
                </Text>
              )}
            </span>
          </UnstyledButton>
        ))}
      </div>
      <div className={classes.searches}>
        <ProcedureSearch ref={procedures} choose={(procedure) => give({ intent: 'procedure.ask', procedure })} />
        <Select
          ref={intents}
          label={T.moreIntents}
          placeholder={T.moreIntentsHint}
          searchable
          data={INTENTS.map(([value, about]) => ({ value, label: `${intentName(value)}: ${about}` }))}
          filter={({ options, search }) =>
            options.filter((option) => 'value' in option && folded(option.label).includes(folded(search.trim())))
          }
          value={null}
          rightSection={<Kbd aria-hidden="true">Y</Kbd>}
          rightSectionPointerEvents="none"
          onChange={(intent) => intent !== null && give({ intent })}
        />
      </div>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconTrashX size={16} aria-hidden="true" />}
        rightSection={<Kbd aria-hidden="true">X</Kbd>}
        onClick={() => give({ ignored: true })}
      >
        {T.ignore}
      </Button>
    </section>
  );
}

/** What the citizen then chose stands first, then the bot's guesses, then what is meant most often. */
function numbered({ guesses, chosen }: NotUnderstoodView, procedure: string | undefined): Choice[] {
  const place = chosen === undefined ? undefined : buttonPlace(chosen);
  const labels: Label[] = [
    ...(place?.procedure === undefined ? [] : [{ intent: 'procedure.ask', procedure: place.procedure }]),
    ...(place?.intent === undefined ? [] : [{ intent: place.intent }]),
    ...guesses.map(({ intent }) => ({ intent })),
    ...INTENTS.map(([intent]) => ({ intent })),
  ].filter(({ intent }) => intent !== NONE);
  const first = labels
    .filter((one, i) => labels.findIndex((other) => same(one, other)) === i)
    .slice(0, MOST_NUMBERED)
    .map((label, i) => choiceOf(String(i + 1), label, procedure));
  return [...first, choiceOf('0', { intent: NONE }, undefined)];
}

function choiceOf(key: string, label: Label, named: string | undefined): Choice {
  const { intent = NONE, procedure } = label;
  if (procedure !== undefined) return { key, name: T.thisProcedure(procedure), about: named, label };
  return { key, name: intent === NONE ? T.outside : intentName(intent), about: ABOUT.get(intent), label };
}

function same(a: Label, b: Label | undefined): boolean {
  return b !== undefined && a.intent === b.intent && a.procedure === b.procedure && a.ignored === b.ignored;
}
