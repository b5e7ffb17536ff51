import { startLocalServices } from 'collectorless/testing';
import { checkDelivery } from './check-delivery.ts';
import { destinations } from './destinations.ts';
import { print, printReport } from './print-report.ts';
import { runApp } from './run-app.ts';
import { sendTraffic } from './send-traffic.ts';
import { waitForArrival } from './wait-for-arrival.ts';

const REQUEST_COUNT = 500;

/** Ships the logs of 500 requests, and prints a stored record of each destination and a table. Answers the exit code. */
export async function runOnce(): Promise<number> {
  const startedMillis = performance.now();
  await using services = await startLocalServices({ zeromq: true });

  const app = await runApp(services);
  const requestCount = await sendTraffic(app.url, REQUEST_COUNT);
  const { exitCode, lines, stderr } = await app.stop();
  await waitForArrival(services, lines.length);

  print(
    `A service without OpenTelemetry code answered ${requestCount} HTTP requests and logged ${lines.length} lines with pino.\n\n`,
  );
  printReport(services, lines.length);

  const problems = [
    ...(exitCode === 0 ? [] : [`the app ended with ${exitCode ?? 'a signal'}`]),
    ...stderr.split('\n').flatMap((line) => (line === '' ? [] : [`the app told: ${line}`])),
    ...destinations.flatMap(({ name, storedRecords }) =>
      checkDelivery(lines, storedRecords(services)).map((problem) => `${name}: ${problem}`),
    ),
    ...services.violations.map(
      ({ message, operation, service }) => `${service}: ${operation} broke a rule: ${message}`,
    ),
  ];
  for (const problem of problems.slice(0, 20)) print(`PROBLEM ${problem}\n`);
  if (problems.length > 0) {
    print(`\nThe demo failed: ${problems.length} in all.\n`);
    return 1;
  }
  const seconds = ((performance.now() - startedMillis) / 1000).toFixed(1);
  print(
    `\nEvery line arrived once at each destination, with its trace, within every limit (${seconds} s).\n`,
  );
  return 0;
}
