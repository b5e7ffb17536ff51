import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { clockOffsetOf } from '../../../cli/doctor/clock-check.ts';

export interface ObservedAnswer {
  readonly mediaType: string | undefined;
  readonly clockOffsetMillis: number | undefined;
}

/** https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
const CHANNEL = 'undici:request:headers';

/** The last answer that comes from an origin while `work` runs. */
export async function observeAnswers<T>(
  origin: string | undefined,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly last: ObservedAnswer | undefined }> {
  let last: ObservedAnswer | undefined;
  const onHeaders = (message: unknown): void => {
    const { request, response } = fieldsOf(message);
    if (String(fieldsOf(request)['origin']) === origin) last = answerOf(response);
  };
  subscribe(CHANNEL, onHeaders);
  try {
    return { result: await work(), last };
  } finally {
    unsubscribe(CHANNEL, onHeaders);
  }
}

function answerOf(response: unknown): ObservedAnswer {
  const { headers } = fieldsOf(response);
  // Names and values in turn, as bytes.
  const texts = Array.isArray(headers) ? headers.map(String) : [];
  const header = (name: string): string | undefined => {
    const index = texts.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === name);
    return index < 0 ? undefined : texts[index + 1];
  };
  return {
    mediaType: header('content-type')?.split(';')[0]?.trim(),
    clockOffsetMillis: clockOffsetOf(header('date'), Date.now()),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
