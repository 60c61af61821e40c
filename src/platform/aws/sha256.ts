// SHA-256 as the SDK's signer asks for it. The SDK's own class gives Node its keys as buffers, which Node 24 takes four to
// six times longer to look at than to compute with; a signature needs up to six of them.

import { type Hash, type Hmac, createHash, createHmac } from 'node:crypto';

type Bytes = string | ArrayBuffer | ArrayBufferView;

function textOf(secret: Bytes): Buffer {
  if (typeof secret === 'string') return Buffer.from(secret, 'utf8');
  if (ArrayBuffer.isView(secret)) return Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
  return Buffer.from(secret);
}

/** SHA-256, or HMAC-SHA-256 when there is a secret: what the clients' `sha256` option takes. */
export class Sha256 {
  readonly digestLength = 32;
  readonly #secret: string | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: Bytes) {
    const bytes = secret === undefined ? undefined : textOf(secret);
    // An empty secret is no secret: the SDK's own class takes it so.
    this.#secret = bytes === undefined || bytes.length === 0 ? undefined : bytes.toString('latin1');
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    return this.#secret === undefined
      ? createHash('sha256')
      : createHmac('sha256', this.#secret, { encoding: 'latin1' });
  }

  update(data: Uint8Array | string): void {
    this.#hash.update(data);
  }

  /** The digest of what came so far: 32 bytes. A hash may be asked again and go on; an HMAC is asked once. */
  digest(): Promise<Uint8Array> {
    const { buffer, byteOffset, byteLength } =
      this.#secret === undefined ? (this.#hash as Hash).copy().digest() : this.#hash.digest();
    return Promise.resolve(new Uint8Array(buffer, byteOffset, byteLength));
  }

  reset(): void {
    this.#hash = this.#begin();
  }
}
