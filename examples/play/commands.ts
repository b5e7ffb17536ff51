import type { LocalServices } from 'collectorless/testing';
import { destinations } from '../demo/destinations.ts';
import { environment } from '../demo/run-app.ts';

/** A command to play with while the demo runs. */
export interface PlayCommand {
  readonly text: string;
  readonly purpose: string;
}

/** What the commands need, as lines for a shell: all that says where the local services are. */
export function environmentLines(services: LocalServices): string {
  const { PATH: _, ...variables } = environment(services);
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');
}

/** @param settings The file with the lines for the shell. */
export function playCommands(
  services: LocalServices,
  pageUrl: string,
  settings: string,
): PlayCommand[] {
  return [
    {
      text: `. ${settings}`,
      purpose: 'first: addresses and keys of the local services, as the app has them',
    },
    {
      text: 'npx collectorless doctor',
      purpose: `looks at ${destinations.length} destinations, and finds the fault that you switch on`,
    },
    {
      text: 'npx collectorless tail cloudwatch-logs /otel/shop --since 10s',
      purpose: 'prints what arrives at CloudWatch Logs',
    },
    {
      text: 'npx collectorless tail sqs shop-logs --min-severity warn',
      purpose: 'prints what arrives in the queue',
    },
    {
      text: `curl -s ${pageUrl}stored/firehose | npx collectorless decode --limit 5`,
      purpose: 'reads what Firehose holds, as it would stand in S3; also stored/http',
    },
    {
      text: `npx collectorless tail zeromq ${services.zeromq.endpoint}`,
      purpose: 'takes the place of the ZeroMQ receiver: switch that one off first',
    },
  ];
}
