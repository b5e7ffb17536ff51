export type SecretName =
  | 'accessKeyId'
  | 'secretAccessKey'
  | 'sessionToken'
  | 'bearer'
  | 'headerValue'
  | 'pathToken'
  | 'queryToken'
  | 'userName'
  | 'password'
  | 'content'
  | 'attribute'
  | 'thrown';

/** Values that must come out nowhere; shaped as real ones are. */
export const SECRETS: Readonly<Record<SecretName, string>> = {
  accessKeyId: 'AKIAPLANTEDKEY000001',
  secretAccessKey: 'planted/SecretAccessKey+0123456789abcdefg',
  sessionToken: `IQoJb3JpZ2luPlanted${'aB3/+'.repeat(60)}==`,
  bearer: 'planted-bearer-token',
  headerValue: 'planted-header-value',
  pathToken: 'PlantedSumoToken0123456789==',
  queryToken: 'planted-query-token',
  userName: 'planted-user',
  password: 'planted-password',
  content: 'planted record content',
  attribute: 'planted attribute value',
  thrown: 'planted in what the application throws',
};

/** The secrets that stand in a text, by name. */
export function secretsIn(text: string, known: Readonly<Record<string, string>>): string[] {
  return Object.entries(known)
    .filter(([, secret]) =>
      // As it is, percent-encoded, and as base64 at each of its three offsets, but for the ends.
      [secret, encodeURIComponent(secret), ...base64Cores(secret)].some((form) =>
        text.includes(form),
      ),
    )
    .map(([name]) => name);
}

function base64Cores(secret: string): string[] {
  return ['', 'x', 'xx']
    .map((before) => Buffer.from(before + secret).toString('base64'))
    .map((encoded) => encoded.slice(4, 24))
    .filter((core) => core.length === 20);
}
