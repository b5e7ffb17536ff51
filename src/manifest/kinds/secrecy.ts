/** How much of a value may be told: all, of an address the scheme and the host, or nothing. */
export type Secrecy = 'open' | 'address' | 'secret';

const MAX_SHOWN_LENGTH = 100;
/** Shorter texts stand in too many words to be taken out of them. */
const MIN_HIDDEN_LENGTH = 4;

/** A value as a warning may name it. */
export function shownText(text: string, secrecy: Secrecy): string {
  if (secrecy === 'secret') return 'a text that is not shown';
  const shown = secrecy === 'address' ? schemeAndHost(text) : text;
  return `\`${shown.slice(0, MAX_SHOWN_LENGTH).replace(/\p{Cc}/gu, ' ')}\``;
}

/** The message without the texts of `value` that it repeats. */
export function hideIn(message: string, value: unknown, secrecy: Secrecy): string {
  if (secrecy === 'open') return message;
  return textsOf(value)
    .filter((text) => text.length >= MIN_HIDDEN_LENGTH)
    .sort((one, other) => other.length - one.length)
    .reduce((safe, text) => safe.replaceAll(text, () => substitute(text, secrecy)), message);
}

function substitute(text: string, secrecy: Secrecy): string {
  return secrecy === 'address' ? schemeAndHost(text) : '…';
}

/** Paths, queries and user names of addresses are secrets with some services. */
function schemeAndHost(address: string): string {
  const { scheme, host } =
    /^(?<scheme>[a-z][a-z0-9+.-]{0,15}):\/\/(?:[^/?#]*@)?(?<host>[^/?#@]{0,100})/iu.exec(address)
      ?.groups ?? {};
  return scheme === undefined ? 'a text without a scheme' : `${scheme}://${host}`;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
