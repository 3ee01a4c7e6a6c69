// POST /files: one picture as the raw body. It must have been cleaned of metadata (place, device, owner) before.
import { randomUUID } from 'node:crypto';
import { idempotencyKey, ok, type Route } from '../http.js';
import { inspectJpeg } from '../jpeg.js';
import type { Portal } from '../portal.js';
import { Problem } from '../problem.js';

const FILE_LIMIT = 5 * 1024 * 1024;

export function fileRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'POST',
      path: '/files',
      body: { contentType: 'image/jpeg', limit: FILE_LIMIT },
      handle(request) {
        const key = idempotencyKey(request);
        const known = portal.state.keys.files.recall(key, request.body);
        if (known !== undefined) return ok({ id: known });
        const verdict = inspectJpeg(request.body);
        if (verdict === 'not-jpeg') throw new Problem(422, 'not-jpeg', 'The body is no whole JPEG picture');
        if (verdict === 'metadata') throw new Problem(422, 'metadata', 'The picture still carries metadata');
        const id = randomUUID();
        portal.state.files.set(id, request.body.length);
        portal.state.keys.files.remember(key, request.body, id);
        return { status: 201, body: { id } };
      },
    },
  ];
}
