import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './json.ts';

/** `sha256:<64 hex>` */
export type Hash = `sha256:${string}`;

/** 64 hex digits of the SHA-256 of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return bytesToHex(digest(utf8ToBytes(text)));
}

/** The hash of a text's exact UTF-8 bytes. */
export function hashText(text: string): Hash {
  return `sha256:${sha256Hex(text)}`;
}

/** The hash of a JSON value's canonical form (RFC 8785). */
export function hashValue(value: unknown): Hash {
  return hashText(canonicalJson(value));
}
