import type { DestinationDoctor } from '../destination-doctor.ts';
import type { Facts, Rule } from './diagnosis.ts';
import { isKeyProblem } from './key-rule.ts';

const DENIED = /^(?:AccessDenied\w*|AuthorizationError|UnauthorizedOperation|NotAuthorized)$/u;

/** What the senders to an encrypted target need beside. */
const OF_KEYS = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** The credentials are good, but may not do this. */
export const permissionRule: Rule = (doctor, failure, facts) => {
  const { code, message } = failure;
  if (!DENIED.test(code) || isKeyProblem(failure)) return undefined;
  const action = actionIn(doctor, message, facts);
  const resource = /on resource: (\S+)/u.exec(message)?.[1] ?? facts.target;
  const denied = /explicit deny in an? ([\w -]+?)(?: policy)?(?:$|[^\w -])/u.exec(message)?.[1];
  const scope = /because no ([\w -]+?) policy allows/u.exec(message)?.[1];
  const where = resource === undefined ? '' : ` on ${resource}`;
  const by = denied === undefined ? '' : `: a ${denied} policy denies it`;
  return {
    cause: 'missing_permission',
    sentence: `These credentials may not call ${action}${where}${by}.`,
    mend: mendOf(doctor.name, { action, denied, scope }),
  };
};

function mendOf(
  exporterName: string,
  { action, denied, scope }: Readonly<Record<'action' | 'denied' | 'scope', string | undefined>>,
): string {
  if (denied !== undefined)
    return `Take ${action} out of that policy: to allow it elsewhere does not help.`;
  const policy = `\`collectorless iam ${exporterName}\` prints a policy with all that is needed.`;
  if (scope === undefined || scope === 'identity-based') {
    return `Allow ${action} to the user or role of these credentials; ${policy}`;
  }
  return `Allow ${action} in the ${scope} policy as well; ${policy}`;
}

/** The service writes some actions in other letters than a policy does. */
function actionIn(doctor: DestinationDoctor, message: string, { action }: Facts): string {
  const meant = doctor.actionIn?.(message);
  if (meant !== undefined) return meant;
  const named = /not authorized to perform:? ([a-z]+:[A-Za-z]+)/u.exec(message)?.[1];
  const known = [...Object.values(doctor.actions ?? {}), ...OF_KEYS].find(
    (candidate) => candidate.toLowerCase() === named?.toLowerCase(),
  );
  return known ?? named ?? action ?? 'the action';
}
