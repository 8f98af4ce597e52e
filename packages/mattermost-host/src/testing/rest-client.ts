import type { Json } from "../json.ts";

/** What a request brought back: the status and the JSON, or the text where it was none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Json;
}

/** A program that talks to the REST interface with a token. */
export class RestClient {
  readonly url: string;
  readonly token: string;

  constructor(url: string, token = "") {
    this.url = url;
    this.token = token;
  }

  static async signIn(url: string, loginId: string, password: string): Promise<RestClient> {
    const anonymous = new RestClient(url);
    const { headers } = await anonymous.send("POST", "/users/login", { login_id: loginId, password });
    return new RestClient(url, headers.get("token") ?? "");
  }

  async send(method: string, path: string, body?: Json | FormData): Promise<Answer> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.url}/api/v4${path}`, {
      method,
      headers: {
        ...(this.token === "" ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: parsed(text) };
  }

  get(path: string): Promise<Answer> {
    return this.send("GET", path);
  }

  post(path: string, body: Json | FormData): Promise<Answer> {
    return this.send("POST", path, body);
  }

  put(path: string, body: Json): Promise<Answer> {
    return this.send("PUT", path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.send("DELETE", path);
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
