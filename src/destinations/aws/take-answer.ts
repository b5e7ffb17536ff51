import { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { objectProperty } from '../../object-property.ts';

/**
 * Reads the JSON of a 200 in place of the SDK, which would build every entry by its model and build it again
 * for a logger; it finds an empty object instead.
 *
 * Answers nothing for any other response, and the SDK sees what is wrong with it as it was.
 *
 * @param readQuickly Knows what some answers say without parsing them; undefined for all others.
 */
export async function takeAnswer(
  response: unknown,
  readQuickly: (bytes: Buffer) => object | undefined,
): Promise<unknown> {
  const bytes = await readAnswer(response);
  const answer = bytes && (readQuickly(bytes) ?? parseObject(bytes.toString()));
  if (answer !== undefined) replaceBody(response, Buffer.from('{}'));
  return answer;
}

/** The bytes of a 200, which the SDK finds there as before; nothing for any other response. */
export async function readAnswer(response: unknown): Promise<Buffer | undefined> {
  const body = objectProperty(response, 'body');
  if (!(body instanceof IncomingMessage) || body.statusCode !== 200) return undefined;
  try {
    const bytes = await collect(body);
    replaceBody(response, bytes);
    return bytes;
  } catch (error) {
    replaceBody(response, brokenStream(error));
    return undefined;
  }
}

function replaceBody(response: unknown, body: Buffer | Readable): void {
  if (typeof response === 'object' && response !== null) Object.assign(response, { body });
}

function collect(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => resolve(Buffer.concat(chunks)));
    stream.once('error', reject);
  });
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function brokenStream(error: unknown): Readable {
  return new Readable({
    read() {
      this.destroy(error instanceof Error ? error : new Error('The answer broke off'));
    },
  });
}
