import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import type { Randomness } from "../tenant/randomness.ts";

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** `issuer` is Entra's own addition to the JWK. */
  readonly publicJwk: JWK & { readonly issuer: string };
}

// Entra announces the next key before it signs with it and keeps the last one readable; three covers both.
const publishedKeys = 3;

/** The RSA keys behind id tokens and validation tokens. The first one is made when it is first needed. */
export class SigningKeys {
  readonly #randomness: Randomness;
  readonly #issuer: string;
  #keys: Promise<readonly SigningKey[]> | undefined;

  constructor(randomness: Randomness, issuer: string) {
    this.#randomness = randomness;
    this.#issuer = issuer;
  }

  /** The JWK set, newest key first. */
  async jwks(): Promise<{ readonly keys: readonly JWK[] }> {
    return { keys: (await this.#current()).map((key) => key.publicJwk) };
  }

  /** Signs with a new key from now on; older ones stay published until `forgetOld`, or until three newer ones exist. */
  async rotate(): Promise<void> {
    const old = await this.#current();
    this.#keys = this.#make().then((key) => [key, ...old].slice(0, publishedKeys));
    await this.#keys;
  }

  /** Publishes the signing key only: what older keys signed can no longer be verified. */
  async forgetOld(): Promise<void> {
    const keys = await this.#current();
    this.#keys = Promise.resolve(keys.slice(0, 1));
  }

  /** A compact RS256 JWT of `claims`. */
  async sign(claims: JWTPayload): Promise<string> {
    const [key] = await this.#current();
    if (key === undefined) throw new Error("There is no signing key.");
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: key.kid, x5t: key.kid })
      .sign(key.privateKey);
  }

  #current(): Promise<readonly SigningKey[]> {
    this.#keys ??= this.#make().then((key) => [key]);
    return this.#keys;
  }

  async #make(): Promise<SigningKey> {
    const kid = Buffer.from(this.#randomness.bytes(20)).toString("base64url");
    const { publicKey, privateKey } = await generateKeyPair("RS256", { modulusLength: 2048 });
    const { kty, n, e } = await exportJWK(publicKey);
    if (kty === undefined || n === undefined || e === undefined)
      throw new Error("The RSA key has no public part.");
    return { kid, privateKey, publicJwk: { kty, use: "sig", kid, x5t: kid, n, e, issuer: this.#issuer } };
  }
}
