// Short messages in the corner: what was done, and what went wrong.
import { notifications } from '@mantine/notifications';
import { sentence } from '../api/client.js';

export function said(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 3_000 });
}

export function failed(error: unknown, title?: string): void {
  notifications.show({
    message: sentence(error),
    color: 'red',
    autoClose: 8_000,
    ...(title === undefined ? {} : { title }),
  });
}
