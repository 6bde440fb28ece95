import type { ApiError } from './api-error.ts';

/** What to do about a certificate that this machine does not trust. */
const OWN_AUTHORITY =
  'if it is yours, set NODE_EXTRA_CA_CERTS, or `promptsmith.caFile` in VS Code, to the file of its authority';

/** Faults of TLS by the codes of Node and OpenSSL. */
const FAULTS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/DEPTH_ZERO_SELF_SIGNED_CERT/, `has a self-signed certificate: ${OWN_AUTHORITY}`],
  [
    /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED/,
    `has a certificate of an authority that this machine does not know: ${OWN_AUTHORITY}`,
  ],
  [/CERT_HAS_EXPIRED/, 'has a certificate that has expired'],
  [/CERT_NOT_YET_VALID/, 'has a certificate that is not valid yet: is the clock right?'],
  [/ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH/, 'has the certificate of another host name'],
  [/CERT_REVOKED/, 'has a certificate that was revoked'],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST|EPROTO/,
    'does not speak TLS at this port: does the address begin with http://?',
  ],
];

/** Servers of TLS say this, in their way, to a plain request. */
const PLAIN_TO_TLS = /plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server/i;

/** The first bytes of what TLS sends: an alert or a handshake. */
const TLS_RECORDS: readonly unknown[] = [0x15, 0x16];

/** One sentence about a fault of TLS; null for other errors. */
export function findTlsFault(
  { status, cause, code, message }: ApiError,
  origin: string,
): string | null {
  const {
    code: system,
    message: said,
    rawPacket,
  } = (cause ?? {}) as { code?: unknown; message?: unknown; rawPacket?: Uint8Array };
  const isPlain = origin.startsWith('http:');
  const words = `${system ?? ''} ${said ?? ''} ${code ?? ''}`;
  if (isPlain)
    return (status === 400 && PLAIN_TO_TLS.test(message)) || TLS_RECORDS.includes(rawPacket?.[0])
      ? `${origin} speaks TLS at this port: does the address begin with https://?`
      : null;
  if (status !== undefined) return null;
  const fault = FAULTS.find(([pattern]) => pattern.test(words));
  return fault ? `${origin} ${fault[1]}` : null;
}
