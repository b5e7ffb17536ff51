import type { Rule } from './diagnosis.ts';
import { addressVariable, hostOf, place } from './words-for.ts';

/** Codes of OpenSSL as Node.js tells them (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const NOT_TLS = /wrong version number|packet length too long|http request/u;

/** The TLS handshake failed. */
export const tlsRule: Rule = (_doctor, { code, message }, facts) => {
  if (UNTRUSTED.has(code)) {
    return {
      cause: 'tls_untrusted',
      sentence: `The certificate of ${place(facts)} is not signed by an authority that Node.js trusts (${code}).`,
      mend:
        'Put the certificate of its authority into a file and name it in NODE_EXTRA_CA_CERTS. A company proxy ' +
        'that inspects TLS has such an authority too.',
    };
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return {
      cause: 'tls_expired',
      sentence: `The certificate of ${place(facts)} has expired, or the clock of this machine is ahead.`,
      mend: 'Renew the certificate on the server; compare the clock of this machine.',
    };
  }
  if (code === 'CERT_NOT_YET_VALID') {
    return {
      cause: 'clock_skew',
      sentence: `The certificate of ${place(facts)} is not valid yet: most likely the clock of this machine is behind.`,
      mend: 'Set the clock of this machine, best by NTP.',
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      cause: 'tls_hostname',
      sentence: `The server at ${place(facts)} shows a certificate for other names than ${hostOf(facts.origin)}.`,
      mend: `Use a name of the certificate in ${addressVariable(facts)}, or a certificate for this name.`,
    };
  }
  if (code === 'ERR_TLS_HANDSHAKE_TIMEOUT') {
    return {
      cause: 'no_answer',
      sentence: `${place(facts)} takes the connection and does not answer the TLS handshake.`,
      mend: `Check host and port in ${addressVariable(facts)}: it may be another server, or a firewall in between.`,
    };
  }
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return undefined;
  if (NOT_TLS.test(message)) {
    return {
      cause: 'tls_to_plain_server',
      sentence: `The server at ${place(facts)} does not speak TLS, and the address begins with https:.`,
      mend: `Let ${addressVariable(facts)} begin with http:, or use the server's TLS port.`,
    };
  }
  return {
    cause: 'tls_failure',
    sentence: `The server at ${place(facts)} and Node.js found no common way of TLS (${code}).`,
    mend:
      'Look at the TLS versions and ciphers of the server, and whether it asks for a client certificate, which ' +
      'only code can give (`dispatcher`, `clientConfig.requestHandler`).',
  };
};
