import type { DestinationRequest } from '../../exporter/destination.ts';
import { isNamedValues } from '../../is-named-values.ts';
import { ServiceError } from '../../service-error.ts';
import { resourceOf } from './group-option.ts';
import { headerNameProblem, headerValueProblem } from './header-rules.ts';
import { type HeaderSources, targetNameOfHeader } from './headers-option.ts';
import { InvalidRequestError } from './http-error.ts';
import type { HttpHeadersFunction } from './http-log-record-exporter-options.ts';

/**
 * The headers of one request; of two sources the later wins.
 *
 * @throws InvalidRequestError when the user's function answers what is no header.
 * @throws ServiceError when it throws: a token that cannot be had now may be had later.
 */
export async function headersOf(
  sources: readonly HeaderSources[],
  request: DestinationRequest,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  // Without a prototype, as `__proto__` is a header name like any other.
  const headers: Record<string, string> = Object.create(null);
  for (const { byTarget, compute, fixed } of sources) {
    Object.assign(headers, fixed);
    for (const name of Object.keys(byTarget)) {
      const value = request.target.names[targetNameOfHeader(name)];
      if (value !== undefined) headers[name] = value;
    }
    if (compute !== undefined) addComputed(headers, await callFunction(compute, request, signal));
  }
  return headers;
}

async function callFunction(
  compute: HttpHeadersFunction,
  { entries, target }: DestinationRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const group = {
    key: target.names['groupBy'] ?? '',
    resource: resourceOf(target),
    count: entries.reduce((sum, entry) => sum + entry.recordCount, 0),
  };
  try {
    return await Promise.race([compute(group), whenAborted(signal)]);
  } catch {
    // Its own error is not told: it may hold the token.
    throw new ServiceError('The `headers` function failed', { code: 'HeadersFunctionFailed' });
  }
}

function addComputed(headers: Record<string, string>, computed: unknown): void {
  if (!isNamedValues(computed)) {
    throw new InvalidRequestError(
      'Expected the `headers` function to answer an object of headers, ' +
        'such as `Object.fromEntries(…)` makes of `Headers` or a `Map`',
    );
  }
  for (const [name, value] of Object.entries(computed)) {
    if (value === undefined) continue;
    const problem = headerNameProblem(name) ?? headerValueProblem(value);
    if (problem !== undefined) {
      const shown = JSON.stringify(name.slice(0, 100));
      throw new InvalidRequestError(
        `Expected the header ${shown} of the \`headers\` function to ${problem}`,
      );
    }
    headers[name.toLowerCase()] = String(value);
  }
}

/** Rejects when the request's time is over: a function that never answers is left behind. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(new Error('The time is over'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
