// The overlay that lists the keys.
import { Kbd, Modal, SimpleGrid } from '@mantine/core';
import { KEYS, SHELL } from '../texts/shell.js';
import classes from './shell.module.css';

export function KeysHelp({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal opened={opened} onClose={close} title={SHELL.keys} size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {KEYS.map(({ title, keys }) => (
          <section key={title}>
            <h3 className={classes.keysTitle}>{title}</h3>
            <dl className={classes.keys}>
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <Kbd size="xs">{key}</Kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </SimpleGrid>
    </Modal>
  );
}
