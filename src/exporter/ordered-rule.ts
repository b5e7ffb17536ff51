import { callUserFunction } from '../call-user-function.ts';
import { bugTeller } from '../report/tell.ts';
import type { Target } from '../route/target.ts';
import type { Destination } from './destination.ts';

/** The destination's `ordered`; where a function of the application fails, order is kept: that is right for all. */
export function orderedRuleOf({ name, ordered = false }: Destination): (target: Target) => boolean {
  if (typeof ordered !== 'function') return () => ordered;
  const onFailure = bugTeller(name);
  return (target) => {
    let isKnown = true;
    const answer = callUserFunction(
      () => ordered(target),
      (thrown) => {
        isKnown = false;
        onFailure(thrown);
      },
    );
    return !isKnown || Boolean(answer);
  };
}
