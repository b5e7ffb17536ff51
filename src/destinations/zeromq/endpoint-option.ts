import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';

/** http://api.zeromq.org/4-3:zmq-connect, those that PUSH, PULL, PUB and SUB can have. */
const TRANSPORTS = ['tcp', 'ipc', 'inproc', 'ws', 'wss', 'pgm', 'epgm', 'tipc', 'vmci', 'norm'];
const ADDRESS = new RegExp(`^(?:${TRANSPORTS.join('|')})://[^\\s]+$`, 'u');
const TCP = /^tcp:\/\/(?<host>\S+):(?<port>\d+|\*)$/u;

/** The address of a socket, as far as it can be checked without one. @throws InvalidOptionError */
export function endpointOption(endpoint: unknown, bind: boolean): string {
  const wanted = bind ? 'tcp://*:5010' : 'tcp://127.0.0.1:5010';
  if (typeof endpoint !== 'string' || !ADDRESS.test(endpoint)) {
    throw new InvalidOptionError(
      `Expected \`endpoint\` to be an address such as \`${wanted}\` or \`ipc:///run/logs.sock\`, got ${shownOption(endpoint)}`,
    );
  }
  if (!endpoint.startsWith('tcp://')) return endpoint;
  const { host, port } = TCP.exec(endpoint)?.groups ?? {};
  const isPort = port !== undefined && (port === '*' || Number(port) <= 65_535);
  const isAny = host === '*' || port === '*' || Number(port) === 0;
  if (!isPort || (isAny && !bind)) {
    throw new InvalidOptionError(
      `Expected \`endpoint\` to be a host and a port to ${bind ? 'bind' : 'connect to'}, such as \`${wanted}\`, got \`${endpoint}\``,
    );
  }
  return endpoint;
}
