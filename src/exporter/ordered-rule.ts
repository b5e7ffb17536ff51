import { callUserFunction } from '../call-user-function.ts';
import { bugTeller } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { BuiltInDestination } from './built-in-destination.ts';
import type { Destination } from './destination.ts';

/** Any object counts as true, a promise of false too. */
const NO_BOOLEAN = 'Expected `ordered` to answer true or false, got an object: order is kept';

/** The destination's `ordered`; where a function of the application fails, order is kept: that is right for all. */
export function orderedRuleOf(destination: Destination): (target: Target) => boolean {
  const { name, ordered = false } = destination;
  if (typeof ordered !== 'function') return () => ordered;
  const tellOfBug = bugTeller(name);
  let isTold = false;
  // It is asked before each request.
  const tellOnce = (thrown: unknown): void => {
    if (isTold) return;
    isTold = true;
    tellOfBug(thrown);
  };
  return (target) => {
    let isKnown = true;
    const answer = callUserFunction(
      () => ordered(target),
      (thrown) => {
        isKnown = false;
        tellOnce(thrown);
      },
    );
    if (typeof answer === 'object' && answer !== null) tellOnce(new TypeError(NO_BOOLEAN));
    return !isKnown || Boolean(answer);
  };
}

/** Which targets have one order together, where the destination knows of such. */
export function orderKeyOf(
  destination: Destination | BuiltInDestination,
): BuiltInDestination['orderKeyOf'] {
  return 'readsByName' in destination ? destination.orderKeyOf : undefined;
}
