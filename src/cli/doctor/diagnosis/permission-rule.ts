import type { Facts, Rule } from './diagnosis.ts';
import { isKeyProblem } from './key-rule.ts';

const DENIED = /^(?:AccessDenied\w*|AuthorizationError|UnauthorizedOperation|NotAuthorized)$/u;

/** The actions that the exporters call; the service writes some of them in other letters. */
const ACTIONS = [
  'firehose:PutRecordBatch',
  'logs:PutLogEvents',
  'logs:CreateLogStream',
  'logs:CreateLogGroup',
  'logs:PutRetentionPolicy',
  'logs:TagResource',
  'sqs:SendMessage',
  'sqs:GetQueueUrl',
  'kms:GenerateDataKey',
  'kms:Decrypt',
];

/** The credentials are good, but may not do this. */
export const permissionRule: Rule = (exporterName, failure, facts) => {
  const { code, message } = failure;
  if (!DENIED.test(code) || isKeyProblem(failure)) return undefined;
  const action = actionIn(message, facts);
  const resource = /on resource: (\S+)/u.exec(message)?.[1] ?? facts.target;
  const denied = /explicit deny in an? ([\w -]+?)(?: policy)?(?:$|[^\w -])/u.exec(message)?.[1];
  const scope = /because no ([\w -]+?) policy allows/u.exec(message)?.[1];
  const where = resource === undefined ? '' : ` on ${resource}`;
  const by = denied === undefined ? '' : `: a ${denied} policy denies it`;
  return {
    cause: 'missing_permission',
    sentence: `These credentials may not call ${action}${where}${by}.`,
    mend: mendOf(exporterName, { action, denied, scope }),
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

function actionIn(message: string, { action }: Facts): string {
  if (/CreateLogGroup with Tags/iu.test(message)) return 'logs:TagResource';
  const named = /not authorized to perform:? ([a-z]+:[A-Za-z]+)/u.exec(message)?.[1];
  const known = ACTIONS.find((candidate) => candidate.toLowerCase() === named?.toLowerCase());
  return known ?? named ?? action ?? 'the action';
}
