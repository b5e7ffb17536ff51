import { Command, InvalidArgumentError } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { DemoOptions } from './demo/run-demo.ts';

const HELP = `
Starts local services that refuse what the real ones refuse, sends log records through the exporter of every
destination whose package is installed, and shows a stored record of each and a table. Needs no account and no
network. Ends with 1 when a record did not arrive.

With --keep nothing is sent: the services stay, the variables with which an application of yours reaches them
are shown, then every record that arrives.

Examples:
  $ npx collectorless demo
  $ npx collectorless demo --keep
`;

interface Options extends DemoOptions {
  readonly keep?: boolean;
  readonly port: number;
}

/** The AWS services listen there; the next two are HTTP and ZeroMQ. */
const DEFAULT_PORT = 4580;
const MAX_PORT = 65_533;

export function createDemoCommand(io: CliIo): Command {
  return new Command('demo')
    .description('ship log records to all destinations on local services')
    .option('--json', 'one JSON document; with --keep one for each record')
    .option('--keep', 'keep the services up for applications of yours, until Ctrl-C')
    .option('--port <n>', 'the first of three ports, with --keep', toPort, DEFAULT_PORT)
    .addHelpText('after', HELP)
    .action(async ({ keep, port, ...options }: Options) => {
      if (keep === true) {
        const { keepServices } = await import('./demo/keep-services.ts');
        await keepServices({ ...options, port }, io);
        return;
      }
      const { runDemo } = await import('./demo/run-demo.ts');
      await runDemo(options, io);
    });
}

function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= MAX_PORT) return port;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_PORT}.`);
}
