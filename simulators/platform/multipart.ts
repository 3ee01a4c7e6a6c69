// multipart/form-data as HTTP clients send it for uploads. Whole bodies only; no streaming.

export interface FormPart {
  name: string;
  filename?: string;
  contentType?: string;
  data: Buffer;
}

/** The parts of a form, or undefined when the header names no boundary. */
export function parseMultipart(contentType: string | undefined, body: Buffer): FormPart[] | undefined {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1];
  if (boundary === undefined) return undefined;
  const parts: FormPart[] = [];
  const mark = Buffer.from(`--${boundary}`);
  for (let start = body.indexOf(mark); start !== -1; ) {
    const next = body.indexOf(mark, start + mark.length);
    if (next === -1) break;
    // Between two boundaries: CRLF, headers, empty line, data, CRLF.
    const part = readPart(body.subarray(start + mark.length + 2, next - 2));
    if (part) parts.push(part);
    start = next;
  }
  return parts;
}

function readPart(section: Buffer): FormPart | undefined {
  const gap = section.indexOf('\r\n\r\n');
  if (gap === -1) return undefined;
  const head = section.subarray(0, gap).toString('utf8');
  const name = /name="([^"]*)"/i.exec(head.replace(/filename\*?="[^"]*"/i, ''))?.[1];
  if (name === undefined) return undefined;
  const filename = /filename="([^"]*)"/i.exec(head)?.[1];
  const contentType = /^content-type:\s*([^\s;]+)/im.exec(head)?.[1];
  return {
    name,
    ...(filename === undefined ? {} : { filename }),
    ...(contentType === undefined ? {} : { contentType }),
    data: section.subarray(gap + 4),
  };
}
