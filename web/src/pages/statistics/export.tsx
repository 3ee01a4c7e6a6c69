// The export of a period's conversations as a file, with how much has arrived, a way to stop it, and what to do when it is too large.
import { Button, Group, Menu, Modal, Text } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet, IconFileText, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { MOST_XLSX_ROWS } from '../../../../src/desk/api.js';
import { ApiError } from '../../api/client.js';
import { number, size } from '../../parts/format.js';
import { failed, said } from '../../parts/notify.js';
import { COMMON } from '../../texts/common.js';
import { STATISTICS as T } from '../../texts/statistics.js';
import { download } from './download.js';
import type { Days } from './period.js';
import classes from './statistics.module.css';

type Format = 'csv' | 'xlsx';

export function ExportMenu({ agency, days }: { agency: string | undefined; days: Days }) {
  const [running, setRunning] = useState<{ format: Format; bytes: number; stop: AbortController }>();
  const [tooMany, setTooMany] = useState(false);

  async function run(format: Format) {
    const stop = new AbortController();
    setTooMany(false);
    setRunning({ format, bytes: 0, stop });
    try {
      const name = await download(`/exports/tickets.${format}`, { agency, ...days }, stop.signal, (bytes) =>
        setRunning({ format, bytes, stop }),
      );
      said(T.exported(name));
    } catch (error) {
      if (stop.signal.aborted) return;
      if (error instanceof ApiError && error.status === 413) setTooMany(true);
      else failed(error);
    } finally {
      setRunning(undefined);
    }
  }

  return (
    <>
      {running === undefined ? (
        <Menu width={300}>
          <Menu.Target>
            <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
              {T.export}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{T.exportAbout}</Menu.Label>
            <Menu.Item leftSection={<IconFileText size={18} aria-hidden="true" />} onClick={() => void run('csv')}>
              {T.csv}
              <Text size="xs" c="dimmed">
                {T.csvAbout}
              </Text>
            </Menu.Item>
            <Menu.Item
              leftSection={<IconFileSpreadsheet size={18} aria-hidden="true" />}
              onClick={() => void run('xlsx')}
            >
              {T.xlsx}
              <Text size="xs" c="dimmed">
                {T.xlsxAbout(number(MOST_XLSX_ROWS))}
              </Text>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Group gap="xs" className={classes.exporting}>
          <span role="status">
            {T.exporting(running.format.toUpperCase())}
            <Text component="span" size="xs" c="dimmed">
              {' '}
              {T.received(size(running.bytes))}
            </Text>
          </span>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerStop size={14} aria-hidden="true" />}
            onClick={() => running.stop.abort()}
          >
            {T.stop}
          </Button>
        </Group>
      )}
      <Modal opened={tooMany} onClose={() => setTooMany(false)} title={T.tooManyTitle}>
        <Text size="sm" mb="lg">
          {T.tooMany(number(MOST_XLSX_ROWS))}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setTooMany(false)}>
            {COMMON.close}
          </Button>
          <Button data-autofocus onClick={() => void run('csv')}>
            {T.csvInstead}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
