import { safeText } from './safe-text.ts';
import type { SeverityRange } from './severity.ts';

export type Style = SeverityRange | 'dim' | 'name' | 'plain';

/** Text that is safe on a terminal, in a style. */
export type Paint = (style: Style, text: string) => string;

/** Parameters of SGR (ECMA-48, section 8.3.117). */
const CODES: Readonly<Record<Style, string>> = {
  trace: '2',
  debug: '36',
  info: '32',
  warn: '33',
  error: '31',
  fatal: '1;37;41',
  dim: '2',
  name: '1',
  plain: '',
};

export function createPaint(isColorful: boolean): Paint {
  return (style, text) => {
    const safe = safeText(text);
    const code = CODES[style];
    return isColorful && code !== '' && safe !== '' ? `\x1b[${code}m${safe}\x1b[0m` : safe;
  };
}
