import { type Account, isWrong } from './account.ts';
import type { ChaosResult } from './run-chaos.ts';

const SHOWN_CASES = 5;

const COLUMNS: readonly (readonly [title: string, cell: (account: Account) => string | number])[] =
  [
    ['exporter', ({ name }) => name],
    ['emitted', ({ emitted }) => emitted],
    ['acknowledged', ({ acknowledged }) => acknowledged],
    ['stored', ({ stored }) => stored],
    ['twice, answer lost', ({ twiceExplained }) => twiceExplained],
    ['twice, no reason', ({ twiceUnexplained }) => twiceUnexplained.length],
    ['dropped', ({ dropped }) => counts(dropped)],
    ['lost in memory', ({ lostInMemory }) => lostInMemory],
    ['lost in sockets', ({ lostInSocket }) => lostInSocket],
    ['on disk', ({ spooled }) => spooled],
    ['unaccounted', ({ unaccounted }) => unaccounted],
  ];

/** The result as text: what was done, what became of the records, and what is wrong. */
export function formatChaosResult(result: ChaosResult): string {
  const { accounts, injected, notInjected, violations } = result;
  const lines = [`Injected: ${counts(injected)}`];
  for (const [event, why] of notInjected) lines.push(`Not injected: ${event} (${why})`);
  lines.push('', ...formatTable(accounts), '');
  lines.push(
    'emitted - acknowledged: in a queue of the batch processor, or not yet on disk, when the process was killed.',
    'lost in memory: the disk failed, the exporter said so and kept the records in memory, and was killed.',
    'lost in sockets: ZeroMQ tells nobody what arrived. A record that a socket took counts as delivered; the',
    '  death of either end loses what was inside the sockets.',
  );
  for (const { missing, name, twiceUnexplained, unaccounted, wrongStats } of accounts) {
    if (unaccounted > 0) lines.push(`${name} misses ${missing.slice(0, SHOWN_CASES).join('; ')}`);
    if (twiceUnexplained.length > 0)
      lines.push(`${name} has twice ${twiceUnexplained.slice(0, SHOWN_CASES).join('; ')}`);
    if (wrongStats > 0) lines.push(`${name}: ${wrongStats} processes whose stats do not add up`);
  }
  for (const { message, service } of violations.slice(0, SHOWN_CASES))
    lines.push(`${service} would have refused: ${message}`);
  lines.push(isSound(result) ? 'Nothing is unaccounted for.' : 'NOT everything is accounted for.');
  return `${lines.join('\n')}\n`;
}

export function isSound({ accounts, violations }: ChaosResult): boolean {
  return violations.length === 0 && !accounts.some(isWrong);
}

function formatTable(accounts: readonly Account[]): string[] {
  const rows = [
    COLUMNS.map(([title]) => title),
    ...accounts.map((one) => COLUMNS.map(([, cell]) => `${cell(one)}`)),
  ];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function counts(map: ReadonlyMap<string, number>): string {
  return [...map].map(([name, count]) => `${name} ${count}`).join(', ') || '-';
}
