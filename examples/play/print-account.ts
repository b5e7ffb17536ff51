import type { LocalServices } from 'collectorless/testing';
import { type DeliveryReport, reportTable } from '../../src/cli/demo/delivery-report.ts';
import { print } from '../demo/print-report.ts';
import { droppedCount } from './delivery-state.ts';
import type { DestinationModel } from './page-model.ts';
import type { Playground } from './playground.ts';

/** The final table, and what does not add up. Answers false when a service found fault or a line is unaccounted for. */
export function printAccount(
  playground: Playground,
  services: LocalServices,
  lineCount: number,
): boolean {
  const { destinations } = playground.look();
  print(
    `The service answered ${playground.answeredCount} HTTP requests and logged ${lineCount} lines with pino.\n\n`,
  );
  print(reportTable(destinations.map((one) => reportOf(one, playground, lineCount))));
  const notes = destinations.flatMap((one) => notesOn(one, playground, lineCount));
  const faults = services.violations.map(
    ({ message, operation, service }) => `${service}: ${operation} broke a rule: ${message}`,
  );
  for (const note of notes) print(`\n${note.text}\n`);
  for (const fault of faults.slice(0, 20)) print(`PROBLEM ${fault}\n`);
  return faults.length === 0 && notes.every(({ isProblem }) => !isProblem);
}

function reportOf(
  { account, name, requests }: DestinationModel,
  { arrivedLines }: Playground,
  lineCount: number,
): DeliveryReport {
  const fullness = requests.flatMap((request) => request.fullness ?? []);
  return {
    destination: name,
    emitted: lineCount,
    stored: arrivedLines.get(name)?.distinctCount ?? 0,
    dropped: account.dropped,
    requests: account.requests,
    bytes: account.bytes,
    // Of the last requests: the page keeps no more.
    fullness:
      fullness.length === 0
        ? undefined
        : fullness.reduce((sum, one) => sum + one, 0) / fullness.length,
  };
}

function notesOn(
  { account, name }: DestinationModel,
  { arrivedLines }: Playground,
  lineCount: number,
): { readonly text: string; readonly isProblem: boolean }[] {
  const { missing = 0, repeated = 0 } = arrivedLines.get(name)?.compare(lineCount) ?? {};
  const dropped = droppedCount(account) + account.lostInQueue;
  const unaccounted = missing - dropped;
  const notes: { text: string; isProblem: boolean }[] = [];
  if (unaccounted > 0) {
    notes.push(
      name === 'zeromq'
        ? {
            text: `zeromq: ${unaccounted} lines were inside a socket, or went to another receiver, when the receiver stopped. ZeroMQ has no answers.`,
            isProblem: false,
          }
        : { text: `PROBLEM ${name}: ${unaccounted} lines are missing`, isProblem: true },
    );
  }
  if (repeated > 0) {
    notes.push({
      text: `${name}: ${repeated} lines are stored twice, as their answers were lost: better twice than never.`,
      isProblem: false,
    });
  }
  return notes;
}
