import type { Rule } from '../../../cli/doctor/diagnosis/diagnosis.ts';
import { place } from '../../../cli/doctor/diagnosis/words-for.ts';
import { variableOf } from '../../../cli/settings/variable-of.ts';

const endpoint = variableOf('zeromq', 'endpoint');
const socketType = variableOf('zeromq', 'socketType');

/** What ZeroMQ tells of its handshake, and that nobody took the message. */
export const zeromqRule: Rule = (_doctor, { code, message }, facts) => {
  switch (code) {
    case 'ERR_ZMTP_MECHANISM_MISMATCH':
      return {
        cause: 'curve_mismatch',
        sentence: facts.hasCurveKeys
          ? `The receiver at ${place(facts)} does not encrypt, and keys are given here.`
          : `The receiver at ${place(facts)} encrypts, and no keys are given here.`,
        mend: facts.hasCurveKeys
          ? `Leave out ${variableOf('zeromq', 'curve')}_*, or give the receiver its keys.`
          : `Set ${variableOf('zeromq', 'curve.serverKey')}, ${variableOf('zeromq', 'curve.publicKey')} and ${variableOf('zeromq', 'curve.secretKey')}.`,
      };
    case 'HANDSHAKE_CUT':
      return facts.hasCurveKeys
        ? {
            cause: 'curve_mismatch',
            sentence: `${place(facts)} ends the handshake: the keys are not those that it knows.`,
            mend: `Check ${variableOf('zeromq', 'curve.serverKey')}, the public key of the receiver, and that it accepts our own.`,
          }
        : {
            cause: 'incompatible_receiver',
            sentence: `What listens at ${place(facts)} ends the handshake: it is no ZeroMQ socket, or of a type that takes nothing from this one.`,
            mend: `Correct ${endpoint}, or ${socketType}: PUSH sends to PULL, PUB to SUB.`,
          };
    case 'HANDSHAKE_SILENT':
      return {
        cause: 'incompatible_receiver',
        sentence: `What listens at ${place(facts)} takes the connection and says nothing: it is no ZeroMQ socket.`,
        mend: `Correct ${endpoint}.`,
      };
    case 'EAGAIN':
      return {
        cause: 'no_receiver',
        sentence: `No receiver at ${place(facts)} took the record.`,
        mend: `Start the receiver. If it runs, it may be full, or ${endpoint} or ${variableOf('zeromq', 'bind')} may be wrong: one side binds, the other connects.`,
      };
    case 'EACCES':
    case 'EADDRNOTAVAIL':
    case 'ENODEV':
      return {
        cause: 'invalid_configuration',
        sentence: `ZeroMQ cannot use ${place(facts)}: ${message}.`,
        mend: `Set ${endpoint} to an address of this machine and a port that is allowed to it.`,
      };
    default:
      return undefined;
  }
};
