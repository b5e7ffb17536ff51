import { callUserFunction } from '../call-user-function.ts';
import { bugTeller } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { Destination } from './destination.ts';

/** Asked before each request: once is enough to be told of it. */
const TOLD_OF = new WeakSet<Destination>();

/** The destination's `ordered`; where a function of the application fails, order is kept: that is right for all. */
export function orderedRuleOf(destination: Destination): (target: Target) => boolean {
  const { name, ordered = false } = destination;
  if (typeof ordered !== 'function') return () => ordered;
  const onFailure = bugTeller(name);
  return (target) => {
    let isKnown = true;
    const answer = callUserFunction(
      () => ordered(target),
      (thrown) => {
        isKnown = false;
        if (!TOLD_OF.has(destination)) onFailure(thrown);
        TOLD_OF.add(destination);
      },
    );
    return !isKnown || Boolean(answer);
  };
}
