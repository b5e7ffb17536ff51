const MAX_MESSAGE_LENGTH = 300;

/** What went wrong in one line that is safe to print. */
export function describeError(error: unknown): string {
  try {
    if (!(error instanceof Error)) return 'unknown error';
    const message = safeMessage(error.message);
    return message === '' ? errorType(error) : `${errorType(error)}: ${message}`;
  } catch {
    // Its message is no text, or something of it throws when it is read.
    return 'unknown error';
  }
}

/**
 * A service's message without what it repeats of our request: record contents in validation messages,
 * signed headers in signature messages, credentials in addresses.
 */
export function safeMessage(message: string): string {
  const firstLine = message.split(/[\r\n]/u, 1)[0] ?? '';
  return (
    firstLine
      .slice(0, 4 * MAX_MESSAGE_LENGTH)
      // Up to the last place that can end it: a value may itself say " failed" or "' at '".
      .replace(/\bvalues?\s*['"[{](?:.*(?=' at ')|.*$)/giu, 'value …')
      .replace(/"[^"]*"?/gu, '"…"')
      .replace(/\{.*$/gu, '{…')
      .replace(/\b(bearer|basic)\s+\S+/giu, '$1 …')
      .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/gu, '…')
      .replace(/[A-Za-z0-9+/=_-]{40,}/gu, '…')
      .replace(/\/\/[^/\s]*@/gu, '//…@')
      .replace(/\?[^\s?'"=]+=\S*/gu, '?…')
      .slice(0, MAX_MESSAGE_LENGTH)
  );
}

/** The `error.type` of semantic conventions: a status, a code or a class name, never free text. */
export function errorType(error: Error): string {
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  // Of an application's error it may be anything.
  const name: unknown = error.name;
  return typeof name === 'string' ? name : 'Error';
}
