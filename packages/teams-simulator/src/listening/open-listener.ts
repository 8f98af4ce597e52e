import { type Listener, type ListenerTls, listen, type Responder } from "./listener.ts";

/** A listener that is bound before anything can answer, because what answers needs to know its address. */
export interface OpenListener extends Listener {
  answerWith(responder: Responder): void;
}

/** Opens a listener that answers 503 until it is given what answers. */
export async function openListener(options: {
  readonly port?: number | undefined;
  readonly tls?: ListenerTls | undefined;
}): Promise<OpenListener> {
  let answer: Responder = () => new Response("The tenant is starting.", { status: 503 });
  const listener = await listen((request, connection) => answer(request, connection), options);
  return {
    url: listener.url,
    answerWith: (responder) => {
      answer = responder;
    },
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}
